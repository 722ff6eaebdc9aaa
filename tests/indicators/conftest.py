"""A small tree with a year of organisation life, in the cast's first workspace."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from tenants import context
from tests.support import year
from tests.support.cast import Cast
from workspace.development.actions.refreshing import refresh
from workspace.development.models import Case, Step
from workspace.indicators.reach import Reach
from workspace.indicators.spans import of_code
from workspace.members.models import Member
from workspace.organization.models import Unit

TODAY = date(2026, 11, 23)
ADMITTED = (("general_meeting", date(2026, 5, 6)), ("approval", date(2026, 7, 1)))


@pytest.fixture(autouse=True)
def _late_november() -> Iterator[None]:
    with time_machine.travel("2026-11-23T04:00:00+00:00", tick=False):
        yield


@pytest.fixture
def lived(cast: Cast) -> Cast:
    """Two general branches of three branches of eight members, and their year."""
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1)
        branches = year.grow(root, general=2, branches=3, members=8)
        year.live(Unit.objects.get(depth=1), branches, on=TODAY)
        _cases(branches[0])
    return cast


def _cases(branch: Unit) -> None:
    """Somebody admitted this year, and an applicant with whom nobody talked."""
    for name, applied, said in (("赵预备", date(2025, 1, 5), ADMITTED), ("钱申请", date(2026, 9, 1), ())):
        category = "probationary" if said else "applicant"
        member = Member.objects.create(
            unit=branch, name=name, category=category, joined_on=said[0][1] if said else None
        )
        case = Case.objects.create(member=member, opened_on=applied)
        for code, on in (("apply", applied), *said):
            Step.objects.create(case=case, code=code, on=on)
        refresh(case, on=TODAY)


def reach_of(unit: Unit | None = None, code: str = "2026") -> Reach:
    """The unit (the root without one) over a period, in the workspace in force."""
    return Reach(unit or Unit.objects.get(depth=1), of_code(code, on=TODAY), TODAY)
