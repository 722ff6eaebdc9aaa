"""Rollout at a glance."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from console.models import Collection, PlatformDay, Stage, Step
from console.queries import rollout
from shared import charts
from shared.clock import now, today

# Counts are asked for every hour; after this long without a round the page says that its figures are old.
STALE_AFTER = timedelta(hours=3)


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    at = now()
    found = rollout.rollout(at=at)
    days = rollout.trend(on=today())
    last = rollout.last_round()
    context = {
        "found": found,
        "verdict": _verdict(found),
        "funnel": _funnel(found),
        "ladder": _ladder(found),
        "activation": round(100 * found.activated_in_time / found.ripe) if found.ripe else None,
        "trend": _trend(days),
        "cohorts": rollout.cohorts(on=today()),
        "newest": rollout.newest(at=at),
        "failed": rollout.failed() if found.failed else [],
        "last_round": last,
        "is_stale": _is_stale(last, at),
    }
    return render(request, "console/home.html", context)


def _verdict(found: rollout.Rollout) -> tuple[str, str]:
    """One sentence, and whether it is good news."""
    if found.failed:
        said = ngettext(
            "有 {number} 个单位开通失败，请先处理。", "有 {number} 个单位开通失败，请先处理。", found.failed
        )
        return said.format(number=found.failed), "late"
    weekly, opened = found.stages[Stage.WEEKLY], found.stages[Stage.OPENED]
    if not opened:
        return _("还没有单位开通。先发出第一批邀请。"), ""
    said = _("已开通 {opened} 个单位，其中 {weekly} 个走完全程并在本周有人使用。").format(opened=opened, weekly=weekly)
    return said, "good" if weekly * 2 >= opened else ""


def _funnel(found: rollout.Rollout) -> dict[str, Any]:
    """The picture, and the same stages as links to the workspaces in them."""
    base = reverse("console:workspaces")
    rows: list[dict[str, Any]] = []
    before: int | None = None
    for stage, number in found.stages.items():
        url = f"{base}?stage={stage.value}" if stage > Stage.INVITED else reverse("console:invitations")
        share = round(100 * number / before) if before else None
        rows.append({"label": stage.label, "number": number, "share": share, "url": url})
        before = number
    picture = charts.funnel([(row["label"], row["number"]) for row in rows], title=_("推广漏斗"), unit=_("个"))
    return {"chart": picture, "rows": rows}


def _ladder(found: rollout.Rollout) -> list[dict[str, Any]]:
    meanings = {
        Step.NONE: _("已开通，管理员还没有登录"),
        Step.PROVISIONED: _("管理员已登录"),
        Step.CAN_USE: _("组织架构已建，党员导入八成以上，记录过活动"),
        Step.REALLY_USES: _("连续三个月按时记录，且每月半数党员参加"),
        Step.USES_WELL: _("决议落实与线上线下联动连续两个季度高于自身常态"),
    }
    base = reverse("console:workspaces")
    return [
        {"label": step.label, "number": number, "meaning": meanings[step], "url": f"{base}?step={step.value}"}
        for step, number in rollout.on_rungs(found.steps).items()
    ]


def _trend(days: list[PlatformDay]) -> charts.Chart | None:
    """None until there are two days to draw a line between."""
    if len(days) < 2:
        return None
    series = {_("服务中"): [day.workspaces for day in days], _("本周有人使用"): [day.weekly for day in days]}
    labels = [f"{day.day:%m-%d}" for day in days]
    return charts.trend(labels, series, title=_("工作空间数"), unit=_("个"))


def _is_stale(last: Collection | None, at: datetime) -> bool:
    """Before the first round the oldest workspace tells: an installation of an hour is not late yet."""
    since = last.asked_at if last else rollout.first_workspace_at()
    return since is not None and at - since > STALE_AFTER
