"""A whole list of invitations: pasted, tried out, then sent."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from console import pasted, words
from console.actions import inviting
from console.forms.invitations import PastedForm
from console.queries import invitations
from shared.clock import now
from shared.http import Request
from tenants.models.tenant import UnitType


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: Request) -> HttpResponse:
    """The first post tries the list out and shows every line; the second, with `send`, invites those that are good.

    The text is read anew when it is sent, so what happened meanwhile counts.
    """
    form = PastedForm(request.POST or None)
    lines: list[pasted.Line] = []
    if form.is_valid():
        at = now()
        names, codes = invitations.taken(at=at)
        lines = pasted.read(form.cleaned_data["lines"], names=names, codes=codes)
        good = [line for line in lines if line.is_good]
        if "send" in request.POST and good:
            made = inviting.invite_all(good, terms=form.terms(), by=request.user, at=at)
            said = ngettext("已生成 {number} 个邀请。", "已生成 {number} 个邀请。", len(made)).format(number=len(made))
            messages.success(request, said)
            wave = form.terms().wave
            return redirect(reverse("console:invitations") + (f"?{urlencode({'wave': wave})}" if wave else ""))
    context = {
        "form": form,
        "rows": [_shown(line) for line in lines],
        "good": sum(line.is_good for line in lines),
        "bad": sum(not line.is_good for line in lines),
        "crumbs": [(_("邀请"), reverse("console:invitations")), (_("批量邀请"), "")],
    }
    return render(request, "console/invitation_batch.html", context, status=422 if form.errors else 200)


def _shown(line: pasted.Line) -> dict[str, object]:
    return {
        "line": line,
        "kind": UnitType(line.kind).label if line.kind else "",
        "region": words.region(line.region),
        "problems": "；".join(line.problems),
    }
