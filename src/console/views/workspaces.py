"""The list of workspaces and the page of one: counts and history, never content."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from console import figures, words
from console.actions import entries, refreshing
from console.forms.workspaces import WorkspaceFilter
from console.models import Proposal, Standing, UsageDay
from console.queries import closings
from console.queries import workspaces as queries
from shared import charts
from shared.clock import now, today
from shared.components import Column, Empty, Export, Table
from shared.exports import csv_response
from shared.http import Request
from shared.workspace import absolute_url
from tenants.models import Tenant


def _count(field: str) -> Any:
    """A column's value: a count of people, small cells suppressed."""
    return lambda row: figures.words(figures.people(getattr(queries.standing_of(row), field)))


def _number(field: str) -> Any:
    return lambda row: getattr(queries.standing_of(row), field)


COLUMNS = (
    Column(
        name="name",
        label=gettext_lazy("单位"),
        sort="name",
        link=lambda row: reverse("console:workspace", args=[row.uuid]),
    ),
    Column(name="slug", label=gettext_lazy("网址"), sort="slug"),
    Column(name="state", label=gettext_lazy("状态"), sort="state", value=words.state),
    Column(
        name="step",
        label=gettext_lazy("使用程度"),
        sort="standing__step",
        value=lambda row: words.step(queries.standing_of(row).step),
    ),
    Column(name="kind", label=gettext_lazy("类型"), sort="kind", value=lambda row: row.get_kind_display()),
    Column(name="region", label=gettext_lazy("地区"), sort="region", value=lambda row: words.region(row.region)),
    Column(
        name="branches",
        label=gettext_lazy("支部"),
        sort="standing__branches",
        kind="number",
        value=_number("branches"),
    ),
    Column(
        name="members", label=gettext_lazy("党员"), sort="standing__members", kind="number", value=_count("members")
    ),
    Column(
        name="active",
        label=gettext_lazy("本周活跃"),
        sort="standing__active_week",
        kind="number",
        value=_count("active_week"),
    ),
    Column(
        name="activities",
        label=gettext_lazy("活动"),
        sort="standing__activities",
        kind="number",
        value=_number("activities"),
    ),
    Column(
        name="last_active_on",
        label=gettext_lazy("最近使用"),
        sort="standing__last_active_on",
        kind="date",
        value=_number("last_active_on"),
    ),
    Column(
        name="opened",
        label=gettext_lazy("开通日期"),
        sort="activated_at",
        kind="date",
        value=lambda row: row.activated_at,
        hidden=True,
    ),
)


def _table(request: Request) -> Table:
    form = WorkspaceFilter(request.GET)
    return Table(
        request,
        queries.narrowed(queries.workspaces(), form.wanted()),
        COLUMNS,
        caption=_("工作空间"),
        sort="name",
        filters=form,
        exports=[Export(label="CSV", url=reverse("console:workspaces-export"), icon="file-spreadsheet")],
        empty=Empty(
            title=_("还没有工作空间"),
            text=_("发出邀请，对方打开链接就能自己开通。"),
            url=reverse("console:invitation-new"),
            label=_("发邀请"),
            icon="building-community",
        ),
    )


@require_safe
@login_required
def index(request: Request) -> HttpResponse:
    return render(request, "console/workspaces.html", {"table": _table(request)})


@require_safe
@login_required
def export(request: Request) -> HttpResponse:
    """The list as it is narrowed and sorted, every page of it."""
    table = _table(request)
    rows = [_exported(row) for row in table.page.paginator.object_list]
    entries.record(
        "workspace.exported", thing="workspaces", label=_("工作空间"), by=request.user, details={"rows": len(rows)}
    )
    header = [
        *(_("单位"), _("网址"), _("状态"), _("使用程度"), _("类型"), _("地区"), _("支部"), _("党员"), _("账号")),
        *(_("本周活跃"), _("本月活跃"), _("活动"), _("签到"), _("首次组织生活"), _("最近使用"), _("开通日期")),
    ]
    return csv_response(f"workspaces-{today():%Y%m%d}", header, rows)


def _exported(row: Tenant) -> list[object]:
    standing = queries.standing_of(row)
    people = [
        figures.words(figures.people(getattr(standing, field)))
        for field in ("members", "accounts", "active_week", "active_month")
    ]
    return [
        *(row.name, absolute_url(row.slug), row.get_state_display(), standing.get_step_display()),
        *(row.get_kind_display(), words.region(row.region), standing.branches, *people),
        *(standing.activities, standing.check_ins, standing.first_meeting_on, standing.last_active_on),
        row.activated_at and timezone.localdate(row.activated_at),
    ]


@require_safe
@login_required
def show(request: Request, uuid: UUID) -> HttpResponse:
    tenant = queries.workspace(uuid)
    standing = queries.standing_of(tenant)
    context = {
        "tenant": tenant,
        "standing": standing,
        "state": words.state(tenant),
        "step": words.step(standing.step),
        "region": words.region(tenant.region),
        "address": absolute_url(tenant.slug),
        "moves": [(to, Tenant.State(to).label) for to in queries.moves(tenant)],
        "proposable": [(verb, Proposal.Verb(verb).label) for verb in closings.proposable(tenant)],
        "closing": closings.running(tenant),
        "ticks": _ticks(standing),
        "split": _split(standing),
        "trends": _trends(queries.days(tenant, on=today())),
        "opening": queries.opening_of(tenant),
        "history": _history(tenant),
        "crumbs": [(_("工作空间"), reverse("console:workspaces")), (tenant.name, "")],
    }
    return render(request, "console/workspace.html", context)


def _ticks(standing: Standing) -> list[dict[str, object]]:
    return [{"title": title, "done": name in standing.ticks} for name, title in words.ticks().items()]


def _split(standing: Standing) -> list[tuple[str, str]]:
    """Full and probationary members, unless either is a small cell or would give the other away."""
    parts = ((_("正式党员"), standing.full), (_("预备党员"), standing.probationary))
    return [(label, figures.words(figures.part(number, standing.members))) for label, number in parts]


def _trends(days: list[UsageDay]) -> list[charts.Chart]:
    if len(days) < 2:
        return []
    labels = [f"{row.day:%m-%d}" for row in days]
    active = [figures.people(row.active_week) for row in days]
    members = [figures.people(row.members) for row in days]
    return [
        charts.trend(labels, {_("近 7 天活跃"): active}, title=_("近 7 天活跃人数"), unit=_("人")),
        charts.trend(labels, {_("党员"): members}, title=_("在册党员"), unit=_("人")),
        charts.trend(labels, {_("活动"): [row.activities for row in days]}, title=_("累计活动"), unit=_("次")),
    ]


def _history(tenant: Tenant) -> list[dict[str, object]]:
    return [
        {
            "on": event.at,
            "title": f"{event.get_origin_display()} → {event.get_destination_display()}",
            "text": event.reason,
            "by": words.actor(event.actor),
            "state": "late" if event.destination in {Tenant.State.FAILED, Tenant.State.SUSPENDED} else "",
        }
        for event in queries.events(tenant)
    ]


@require_POST
@login_required
def refresh(request: Request, uuid: UUID) -> HttpResponse:
    tenant = queries.workspace(uuid)
    refreshing.refresh(tenant, by=request.user, at=now())
    messages.success(request, _("已请求重新统计，通常几秒内完成，请稍后刷新本页。"))
    return redirect("console:workspace", tenant.uuid)
