"""Invitations: the list, a new one, the page of one with its link, and taking it back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from console import words
from console.actions import entries, inviting
from console.forms.invitations import RESULTS, InvitationFilter, InvitationForm, RevokeForm
from console.queries import invitations as queries
from console.queries import rollout
from provisioning.mails import invitation_url
from provisioning.models import PartnerInvitation
from shared.clock import now, today
from shared.components import Column, Empty, Export, Table
from shared.components.badges import badge
from shared.exports import csv_response
from shared.http import Request

LEVELS = {"sent": "", "seen": "info", "used": "good", "over": "late"}


def result(row: PartnerInvitation) -> SafeString:
    """Where an invitation stands."""
    found = queries.result(row, at=now())
    return badge(dict(RESULTS)[found], LEVELS[found])


COLUMNS = (
    Column(
        name="name",
        label=gettext_lazy("单位"),
        sort="name",
        link=lambda row: reverse("console:invitation", args=[row.pk]),
    ),
    Column(name="result", label=gettext_lazy("状态"), value=result),
    Column(name="wave", label=gettext_lazy("批次"), sort="wave"),
    Column(name="kind", label=gettext_lazy("类型"), value=lambda row: row.get_kind_display()),
    Column(name="region", label=gettext_lazy("地区"), value=lambda row: words.region(row.region)),
    Column(name="invited_at", label=gettext_lazy("邀请日期"), sort="invited_at", kind="date"),
    Column(name="expires_at", label=gettext_lazy("有效期至"), sort="expires_at", kind="date"),
    Column(name="invited_by", label=gettext_lazy("邀请人"), hidden=True),
)


def _table(request: Request) -> Table:
    form = InvitationFilter(request.GET)
    form.is_valid()
    return Table(
        request,
        queries.narrowed(queries.invitations(), form.cleaned_data, at=now()),
        COLUMNS,
        caption=_("邀请"),
        sort="-invited_at",
        filters=form,
        exports=[Export(label="CSV", url=reverse("console:invitations-export"), icon="file-spreadsheet")],
        empty=Empty(
            title=_("还没有邀请"),
            text=_("发一个邀请链接，对方打开后名称、类型和地区都已填好。"),
            url=reverse("console:invitation-new"),
            label=_("发邀请"),
            icon="send",
        ),
    )


@require_safe
@login_required
def index(request: Request) -> HttpResponse:
    return render(request, "console/invitations.html", {"table": _table(request), "waves": rollout.waves()})


@require_safe
@login_required
def export(request: Request) -> HttpResponse:
    """The list as it is narrowed. Links stand in it, so that they can be handed over by other means."""
    at = now()
    rows = [
        [
            *(row.name, row.get_kind_display(), words.region(row.region), row.credit_code, row.email, row.wave),
            *(dict(RESULTS)[queries.result(row, at=at)], f"{row.invited_at:%Y-%m-%d}", f"{row.expires_at:%Y-%m-%d}"),
            *(row.invited_by, "" if queries.result(row, at=at) in {"used", "over"} else invitation_url(row)),
        ]
        for row in _table(request).page.paginator.object_list
    ]
    entries.record(
        "invitation.exported", thing="invitations", label=_("邀请"), by=request.user, details={"rows": len(rows)}
    )
    header = [
        *(_("单位"), _("类型"), _("地区"), _("统一社会信用代码"), _("邮箱"), _("批次"), _("状态"), _("邀请日期")),
        *(_("有效期至"), _("邀请人"), _("邀请链接")),
    ]
    return csv_response(f"invitations-{today():%Y%m%d}", header, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: Request) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        made = inviting.invite(form.line(), terms=form.terms(), by=request.user, at=now())
        messages.success(request, _("邀请已生成。") if not made.email else _("邀请已生成，并会发到对方邮箱。"))
        return redirect("console:invitation", made.pk)
    return render(request, "console/invitation_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@login_required
def show(request: Request, number: int) -> HttpResponse:
    row = queries.invitation(number)
    return render(request, "console/invitation.html", _page(row))


def _page(row: PartnerInvitation) -> dict[str, Any]:
    found = queries.result(row, at=now())
    return {
        "invitation": row,
        "result": result(row),
        "region": words.region(row.region),
        "link": invitation_url(row) if found in {"sent", "seen"} else "",
        "form": RevokeForm() if found in {"sent", "seen"} else None,
        "crumbs": [(_("邀请"), reverse("console:invitations")), (row.name, "")],
    }


@require_http_methods(["POST"])
@login_required
def revoke(request: Request, number: int) -> HttpResponse:
    row = queries.invitation(number)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return render(request, "console/invitation.html", _page(row) | {"form": form}, status=422)
    inviting.revoke(row, by=request.user, reason=form.cleaned_data["reason"], at=now())
    messages.success(request, _("邀请已撤回，链接不再可用。"))
    return redirect("console:invitation", row.pk)
