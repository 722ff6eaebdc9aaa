"""Take away what the list shows: at once, or once a second person has agreed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shared.clock import now, today
from shared.http import Request
from shared.refusals import Refusal
from workspace.access.queries import may
from workspace.members.actions import exporting
from workspace.members.actions.exporting import VERB, Exported, MayNotExport
from workspace.members.forms.exports import ExportForm, chosen, kept
from workspace.members.models.member import MemberQuerySet
from workspace.members.queries.exports import Asked, agreed_export
from workspace.members.responses import attached


@login_required
@require_http_methods(["GET", "POST"])
def export(request: Request) -> HttpResponse:
    """The same narrowing as the list, from the same address; asks how and why, then sends the file or asks another."""
    if not may(request.user, VERB):
        raise MayNotExport
    members = chosen(request.user, request.GET, on=today())
    form = ExportForm(request.POST or None, initial={"form": "xlsx"})
    if form.is_valid():
        try:
            return _sent_or_asked(request, members, form)
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
    context = {"form": form, "count": members.count(), "limit": exporting.ROWS_WITHOUT_REASON}
    return render(request, "members/export.html", context, status=422 if form.errors else 200)


def _sent_or_asked(request: Request, members: MemberQuerySet, form: ExportForm) -> HttpResponse:
    query = kept(request.user, request.GET)
    made = exporting.export_or_ask(members, **form.cleaned_data, query=query, by=request.user, at=now())
    if isinstance(made, Exported):
        return attached(made)
    messages.success(request, _("已提交复核。另一个人同意后，您会收到消息，三天内可以下载。"))
    return redirect("access:consent", made.pk)


@login_required
@require_safe
def file(request: Request, pk: int) -> HttpResponse:
    """What another person agreed to, as the register stands now. Written down before it leaves."""
    found = agreed_export(pk, by=request.user, verb=VERB)
    members = chosen(request.user, Asked.from_json(found.details).query, on=today())
    return attached(exporting.take(found, members, by=request.user, at=now()))
