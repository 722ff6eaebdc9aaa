"""`/access/invitations/`: ways in, their links, posters and codes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from shared.clock import now
from shared.components import Column, Empty, Table
from shared.components.badges import badge
from shared.confirmation import ask
from shared.http import Request
from shared.qr import qr_svg
from shared.refusals import Refusal
from shared.workspace import current_workspace
from workspace.access import links
from workspace.access.actions import invitations as actions
from workspace.access.forms import InvitationForm
from workspace.access.models import Invitation
from workspace.access.queries import may
from workspace.access.queries import people as queries

STANDINGS = {
    "open": (gettext_lazy("有效"), "good"),
    "full": (gettext_lazy("名额已满"), "empty"),
    "expired": (gettext_lazy("已过期"), "empty"),
    "withdrawn": (gettext_lazy("已撤回"), "empty"),
}
COLUMNS = [
    Column(
        name="unit",
        label=gettext_lazy("加入到"),
        sort="unit__path",
        link=lambda one: reverse("access:invitation", args=[one.pk]),
    ),
    Column(name="role", label=gettext_lazy("角色"), value=lambda one: one.get_role_display()),
    Column(name="code", label=gettext_lazy("口令"), value=lambda one: one.spoken_code),
    Column(
        name="used",
        label=gettext_lazy("已加入"),
        value=lambda one: f"{one.used} / {one.max_uses}" if one.max_uses else str(one.used),
        kind="number",
    ),
    Column(name="expires_at", label=gettext_lazy("截止日期"), sort="expires_at", kind="date"),
    Column(name="standing", label=gettext_lazy("状态"), value=lambda one: standing_badge(one)),
]


def standing_badge(invitation: Invitation) -> str:
    label, level = STANDINGS[queries.standing_of(invitation, at=now())]
    return badge(str(label), level)


@login_required
@require_GET
def invitations(request: Request) -> HttpResponse:
    if not may(request.user, "access.invite"):
        raise Http404
    table = Table(
        request,
        queries.invitations(visible_to=request.user),
        COLUMNS,
        caption=_("邀请"),
        empty=Empty(
            title=_("还没有邀请"),
            text=_("建一个邀请，把链接发到工作群，或把二维码海报贴在活动室。"),
            url=reverse("access:invitation-new"),
            label=_("新建邀请"),
            icon="qrcode",
        ),
    )
    waiting = queries.joinings(visible_to=request.user).waiting().count()
    return render(
        request,
        "access/invitations.html",
        {"table": table, "waiting": waiting},
    )


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    if not may(request.user, "access.invite"):
        raise Http404
    form = InvitationForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            made = actions.invite(
                form.cleaned_data["unit"],
                role=form.cleaned_data["role"],
                by=request.user,
                at=now(),
                expires_at=form.cleaned_data["until"],
                max_uses=form.cleaned_data["max_uses"],
                needs_approval=form.cleaned_data["needs_approval"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("邀请已建好，可以分享了。"))
            return redirect("access:invitation", pk=made.pk)
    return render(request, "access/invitation_new.html", {"form": form})


@login_required
@require_GET
def invitation(request: Request, pk: int) -> HttpResponse:
    return render(request, "access/invitation.html", _shown(request, pk))


@login_required
@require_GET
def poster(request: Request, pk: int) -> HttpResponse:
    return render(request, "access/poster.html", _shown(request, pk))


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    found = queries.invitation(pk, visible_to=request.user)
    back = reverse("access:invitation", args=[pk])
    if question := ask(
        request,
        title=_("撤回邀请"),
        message=_("撤回后，链接、二维码和口令立即失效；已经加入的人不受影响。"),
        back=back,
        label=_("撤回"),
    ):
        return question
    actions.withdraw(found, by=request.user, at=now())
    messages.success(request, _("邀请已撤回。"))
    return redirect(back)


def _shown(request: Request, pk: int) -> dict[str, object]:
    found = queries.invitation(pk, visible_to=request.user)
    url = links.url_of(found)
    standing = queries.standing_of(found, at=now())
    return {
        "invitation": found,
        "url": url,
        "svg": qr_svg(url),
        "standing": standing,
        "badge": standing_badge(found),
        "place": current_workspace(),
        "joinings": found.joinings.select_related("user", "decided_by").order_by("-asked_at", "-pk")[:200],
    }
