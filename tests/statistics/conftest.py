"""A small tree whose people came, moved, and left in two years; part of it changed its place since."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from tenants import context
from tests.support.cast import Cast
from workspace.members.actions.events import happen, register_many
from workspace.members.models import Event, Member
from workspace.organization.actions.creation import create
from workspace.organization.actions.moving import move
from workspace.organization.facts import Facts
from workspace.organization.models import Unit

TODAY = date(2026, 11, 23)
YEAR_END, YEAR_BEFORE = date(2025, 12, 31), date(2024, 12, 31)
Kind = Event.Kind


@pytest.fixture(autouse=True)
def _late_november() -> Iterator[None]:
    with time_machine.travel("2026-11-23T04:00:00+00:00", tick=False):
        yield


@pytest.fixture
def told(cast: Cast) -> Cast:
    """机关总支（甲、乙）and 车间总支（丙）; 乙 moved under 车间总支 on 1 July 2026."""
    with context.inside(cast.jia):
        root, by = Unit.objects.get(depth=1), cast.user("owner")
        office, works = (_unit(root, name, Unit.Type.GENERAL_BRANCH, by) for name in ("机关总支", "车间总支"))
        one, two = (_unit(office, name, Unit.Type.BRANCH, by) for name in ("甲支部", "乙支部"))
        three = _unit(works, "丙支部", Unit.Type.BRANCH, by)
        people = _people(one, two, three)
        _stories(people, one, two, three, by)
        move(Unit.objects.get(pk=two.pk), to=Unit.objects.get(pk=works.pk), by=by, on=date(2026, 7, 1))
    return cast


def unit(name: str) -> Unit:
    return Unit.objects.get(name=name)


def _unit(parent: Unit, name: str, kind: str, by: Any) -> Unit:
    facts = Facts(name=name, type=kind, established_on=date(2015, 1, 1))
    return create(Unit.objects.get(pk=parent.pk), facts, by=by)


def _people(one: Unit, two: Unit, three: Unit) -> dict[str, Member]:
    """Twelve full members and a development object, registered on 1 June 2024."""
    rows = []
    for number, name in enumerate("子丑寅卯辰巳午未申酉戌亥"):
        place = (one, two, three)[number % 3]
        joined = date(1975 + 4 * number, 7, 1)
        facts = {"joined_on": joined, "converted_on": joined.replace(year=joined.year + 1)}
        facts |= {
            "birth_date": date(1952 + 4 * number, 3, 9),
            "sex": "12"[number % 2],
            "education": "2173"[number % 4] + "1",
        }
        rows.append(Member(unit=place, name=f"赵{name}", ethnic_group=("01", "03", "")[number % 3], **facts))
    rows.append(Member(unit=one, name="钱积", category="development_object", birth_date=date(2000, 1, 1), sex="2"))
    Member.objects.bulk_create(rows)
    register_many(rows, on=date(2024, 6, 1), by=None, at=rows[0].created_at)
    return {row.name: row for row in rows}


def _stories(people: dict[str, Member], one: Unit, two: Unit, three: Unit, by: Any) -> None:
    """In 2025: 子 died, 丑 went, 寅 moved to 甲. In 2026: 卯 expelled, 钱积 admitted, 辰 floats, 丑 came back to 丙."""
    happen(people["赵子"], Kind.DIED, on=date(2025, 3, 1), by=by)
    happen(people["赵丑"], Kind.TRANSFERRED_OUT, on=date(2025, 5, 6), by=by)
    happen(people["赵寅"], Kind.MOVED, on=date(2025, 9, 1), by=by, unit=one)
    happen(people["赵卯"], Kind.REMOVED, on=date(2026, 2, 2), by=by, details={"removal": "expelled"})
    happen(people["钱积"], Kind.ADMITTED, on=date(2026, 5, 20), by=by)
    happen(people["赵辰"], Kind.FLOATING_OUT, on=date(2026, 6, 1), by=by)
    happen(people["赵丑"], Kind.TRANSFERRED_IN, on=date(2026, 8, 8), by=by, unit=three)
