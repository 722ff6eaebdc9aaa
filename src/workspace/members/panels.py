"""What this app adds to the pages of the tree: its panels on a unit's page, its count, and how it empties a sample."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import rules
from shared.clock import today
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet
from workspace.members.queries import appointments
from workspace.members.queries.headcount import headcount
from workspace.members.queries.structure import structure_of
from workspace.organization import clearing, columns, counters, panels
from workspace.organization.models import Unit, UnitQuerySet
from workspace.organization.terms import term_of

_LEVELS = {rules.Severity.ERROR: "late", rules.Severity.WARNING: "late"}


def register() -> None:
    """Called once, when the process starts."""
    counters.register(
        counters.Counter(
            name="members",
            label=_("党员"),
            count=_members_by_path,
            advice=_("请先把他们转到别的支部，或办理离开名册。"),
            order=10,
            branches_only=True,
        )
    )
    counters.register(
        counters.Counter(
            name="candidates",
            label=_("发展对象、积极分子和申请人"),
            count=_candidates_by_path,
            advice=_("请先把他们转到别的支部，或办理离开名册。"),
            shown=False,
            branches_only=True,
        )
    )
    columns.register("secretary", columns.Column(_("书记"), _secretaries))
    panels.register("structure", "members/posts/structure_panel.html", structure_panel, order=10)
    panels.register("posts", "members/posts/panel.html", posts_panel, order=20)
    panels.register("headcount", "members/headcount_panel.html", headcount_panel, order=30)
    clearing.register("members", _clear, order=50)


def posts_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """Who holds which post, and until when the term runs. Party groups have no posts of these kinds."""
    if unit.type == Unit.Type.GROUP:
        return None
    holders = list(appointments.holders(unit, on=today()))
    if not unit.is_open and not appointments.former(unit, on=today()).exists() and not holders:
        return None
    term = term_of(unit)
    return {
        "unit": unit,
        "holders": holders,
        "has_secretary": any(held.post == appointments.Post.SECRETARY for held in holders),
        "term": term,
        "is_over": bool(term and term.is_over(today())),
        "may_change": may(user, "member.change", unit) and unit.is_open,
    }


def headcount_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """How many people by category, for those who may open the register there."""
    if not may(user, "member.view", unit):
        return None
    return {"unit": unit, "lines": headcount(unit), "may_import": may(user, "member.import", unit) and unit.is_branch}


def structure_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """What the regulations find odd about the unit's shape; for those who run it, and only where something is."""
    if not unit.is_open or unit.type == Unit.Type.GROUP or not may(user, "unit.dashboard", unit):
        return None
    english = (get_language() or "").startswith("en")
    hints = [
        {
            "level": _LEVELS.get(hint.severity, ""),
            "text": hint.message_en if english else hint.message,
            "advice": hint.advice_en if english else hint.advice,
            "basis": hint.rule.citation,
            "badge": hint.rule.badge,
        }
        for hint in rules.structure_hints(structure_of(unit, on=today()), on=today())
    ]
    return {"hints": hints} if hints else None


def _members_by_path(units: UnitQuerySet) -> dict[str, int]:
    """People with a party membership who are present, by the path of their unit: one query."""
    return _by_path(Member.objects.present().filter(category__in=Member.MEMBERS), units)


def _candidates_by_path(units: UnitQuerySet) -> dict[str, int]:
    """People on their way into the party."""
    return _by_path(Member.objects.present().exclude(category__in=Member.MEMBERS), units)


def _secretaries(units: UnitQuerySet) -> dict[str, str]:
    """The name of each unit's secretary of today."""
    held = appointments.secretaries(units, on=today())
    return {path: "、".join(name for _path, name in names) for path, names in groupby(held, key=itemgetter(0))}


def _by_path(people: MemberQuerySet, units: UnitQuerySet) -> dict[str, int]:
    here = people.filter(unit__in=units.order_by().values("pk")).order_by()
    return dict(here.values_list("unit__path").annotate(people=Count("pk")))


def _clear(units: UnitQuerySet) -> None:
    Member.objects.filter(unit__in=units.order_by().values("pk")).delete()
