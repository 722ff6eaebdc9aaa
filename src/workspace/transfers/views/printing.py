"""The letter on paper (介绍信): counterfoil, letter and receipt on one A4 sheet, one sheet a person."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shared.clock import today
from shared.http import Request
from shared.refusals import Refusal
from workspace.audit import actions as audit
from workspace.transfers.forms.filters import keys_of
from workspace.transfers.models import Transfer
from workspace.transfers.queries import sheets
from workspace.transfers.queries.visibility import transfer_to_change, transfers_to_change


class NotOurLetter(Refusal):
    message = _("这封介绍信由外单位开具，请保存原件。")
    status = 404


@login_required
@require_safe
def letter(request: Request, pk: int) -> HttpResponse:
    """One letter. It bears the whole citizen number, so every look is recorded."""
    found = transfer_to_change(request.user, pk)
    if found.kind == Transfer.Kind.IN:
        raise NotOurLetter
    return _printed(request, [found])


@login_required
@require_safe
def letters(request: Request) -> HttpResponse:
    """`?letters=12,13,14`: those of one batch, a sheet each."""
    keys = keys_of(request.GET.get("letters", ""))
    found = list(transfers_to_change(request.user, keys))
    if not found:
        raise Http404
    return _printed(request, found)


def _printed(request: Request, found: list[Transfer]) -> HttpResponse:
    on = today()
    audit.record_many("transfer.printed", of=found, by=request.user)
    pages = [sheets.sheet_of(row, on=on) for row in found]
    return render(request, "transfers/letter.html", {"sheets": pages, "only": found[0] if len(found) == 1 else None})
