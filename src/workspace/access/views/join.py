"""`/join/`: where people come in by an invitation, signed in or not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from shared.addresses import client_address
from shared.clock import now
from shared.http import Request
from shared.refusals import Refusal
from workspace.access import links
from workspace.access.actions import joinings as actions
from workspace.access.forms import CodeForm, JoinForm
from workspace.access.models import Invitation, Joining
from workspace.access.queries import people as queries
from workspace.accounts import lockout
from workspace.accounts.views.sign_in import enter


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: Request) -> HttpResponse:
    """The six characters of a poster. Wrong ones count against the address, like wrong passwords."""
    form = CodeForm(request.POST or None)
    status = 200
    if form.is_valid():
        at, address, typed = now(), client_address(request), form.cleaned_data["code"]
        try:
            lockout.guard("join", address, at=at, only_address=True)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
            status = refusal.status
        else:
            found = Invitation.objects.open(at).filter(code=typed).first()
            if found:
                return redirect(links.path_of(found))
            lockout.note_failure("join", address, at=at)
            form.add_error("code", _("口令不正确或邀请已失效，请核对后再试。"))
    return render(request, "access/join_code.html", {"form": form}, status=status)


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def join(request: Request, text: str) -> HttpResponse:
    invitation = links.read(text)
    if invitation is None:
        return render(request, "access/join_over.html", {"known": False}, status=404)
    if queries.standing_of(invitation, at=now()) != "open":
        return render(request, "access/join_over.html", {"known": True}, status=410)
    if request.user.is_authenticated:
        return _join_as(request, invitation)
    form = JoinForm(request.POST or None)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "phone", "email", "password")}
        try:
            joined = actions.join(invitation, **given, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _arrived(request, joined)
    return render(request, "access/join.html", {"form": form, "invitation": invitation})


@require_GET
def done(request: Request) -> HttpResponse:
    """Sent, and somebody will look at it."""
    return render(request, "access/join_done.html")


def _join_as(request: Request, invitation: Invitation) -> HttpResponse:
    if request.method == "POST":
        joined = actions.join_as(request.user, invitation, at=now())
        waiting = joined.state == Joining.State.WAITING
        messages.success(request, _("申请已提交，请等待审核。") if waiting else _("您已加入。"))
        return redirect("/")
    return render(request, "access/join_as.html", {"invitation": invitation})


def _arrived(request: Request, joined: Joining) -> HttpResponse:
    if joined.state == Joining.State.WAITING:
        return redirect("join:done")
    return enter(request, joined.user, at=now(), onward="/")
