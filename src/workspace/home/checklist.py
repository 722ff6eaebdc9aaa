"""The five steps of a workspace's first weeks (起步清单). Operators see the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workspace.activities.models import Activity, CheckIn
from workspace.audit.models import Entry
from workspace.members.models import Appointment, Member

TICKS = ("tree", "members", "secretaries", "meeting", "check_in")


@dataclass(frozen=True)
class Item:
    """One step as its page shows it."""

    name: str
    title: str | Promise
    text: str | Promise
    url: str
    action: str | Promise
    done: bool


def reached(known: Mapping[str, bool] | None = None) -> tuple[str, ...]:
    """Of TICKS, those reached, the sample branch left out. `known` answers are not asked of the database again."""
    found = dict(known or {})
    for tick, ask in _QUESTIONS.items():
        if tick not in found:
            found[tick] = ask()
    # The template grew a first tree; it is theirs once somebody changed it or put members into it.
    found["tree"] = found["members"] or _tree_was_shaped()
    return tuple(tick for tick in TICKS if found[tick])


def _tree_was_shaped() -> bool:
    return Entry.objects.filter(kind="organization.unit", by__isnull=False).exists()


def _has_members() -> bool:
    return Member.objects.present().filter(unit__is_sample=False).exists()


def _has_secretaries() -> bool:
    return Appointment.objects.current().filter(post=Appointment.Post.SECRETARY, unit__is_sample=False).exists()


def _has_met() -> bool:
    return Activity.objects.closed().filter(unit__is_sample=False).exists()


def _has_checked_in() -> bool:
    return CheckIn.objects.filter(~Q(method=CheckIn.Method.MANUAL), activity__unit__is_sample=False).exists()


# Each stops at the first row it finds.
_QUESTIONS: Mapping[str, Callable[[], bool]] = {
    "members": _has_members,
    "secretaries": _has_secretaries,
    "meeting": _has_met,
    "check_in": _has_checked_in,
}


def items() -> list[Item]:
    """The five steps with where to do each."""
    done = reached()
    steps = (
        (
            "tree",
            _("调整组织架构"),
            _("已按单位类型建好示例架构，改成你们自己的名称和层级。"),
            "organization:tree",
            _("去调整"),
        ),
        (
            "members",
            _("导入党员名册"),
            _("用手头的电子表格导入即可，先检查、再入库，可撤销。"),
            "members:import-new",
            _("去导入"),
        ),
        ("secretaries", _("任命支部书记"), _("在支部页面登记书记，并邀请他们加入。"), "access:people", _("去邀请")),
        (
            "meeting",
            _("开好第一次会"),
            _("从应开展事项里安排一次活动，会后归档。"),
            "activities:obligations",
            _("去安排"),
        ),
        (
            "check_in",
            _("用自己的手机签一次到"),
            _("打开活动的签到页，用手机扫一扫大屏上的二维码。"),
            "activities:index",
            _("看活动"),
        ),
    )
    return [Item(name, title, text, reverse(url), action, name in done) for name, title, text, url, action in steps]
