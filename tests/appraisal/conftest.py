"""A committee with a branch of six full members and a probationary one, whose secretary runs an appraisal."""

from datetime import date, timedelta
from typing import Any

import pytest

from shared.clock import now, today
from tenants import context
from tests.support.cast import Cast
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.appraisal.actions import balloting, grading, meeting, opening, writing
from workspace.appraisal.models import Appraisal
from workspace.members.actions.events import register_many
from workspace.members.models import Member
from workspace.organization.models import Unit

NAMES = ("陈一", "褚二", "卫三", "蒋四")
PASSWORD = "Correct-horse-9"


@pytest.fixture
def jia(cast: Cast):
    """Inside jia."""
    with context.inside(cast.jia):
        settle()
        yield cast


@pytest.fixture
def jia_pages(cast: Cast) -> Cast:
    """The same, for tests that go through pages."""
    with context.inside(cast.jia):
        settle()
    return cast


def settle() -> None:
    unit, long_ago = first(), date(2010, 7, 1)
    Member.objects.filter(unit=unit).update(joined_on=long_ago, converted_on=date(2011, 7, 1))
    made = [Member(unit=unit, name=name, joined_on=long_ago, converted_on=date(2011, 7, 1)) for name in NAMES]
    made.append(
        Member(unit=unit, name="吕预备", category=Member.Category.PROBATIONARY, joined_on=today() - timedelta(99))
    )
    register_many(Member.objects.bulk_create(made), on=today() - timedelta(400), by=None, at=now())
    for username, name in (("chen", "陈一"), ("chu", "褚二"), ("lv", "吕预备")):
        user = User.objects.create_user(username, PASSWORD, name=name)
        Grant.objects.create(user=user, role=Role.MEMBER, unit=unit)
        Member.objects.filter(unit=unit, name=name).update(user=user)


def first() -> Unit:
    return Unit.objects.get(name="第一党支部")


def whom(name: str) -> Member:
    return Member.objects.select_related("unit").get(unit=first(), name=name)


def key(name: str) -> int:
    return whom(name).pk


def fresh(appraisal: Appraisal) -> Appraisal:
    return Appraisal.objects.select_related("unit").get(pk=appraisal.pk)


def opened(year: int | None = None, **said: Any) -> Appraisal:
    plan = {"cutoff_on": today(), "planned_on": today(), **said}
    return opening.open_appraisal(
        first(), year or today().year, opening.Plan(**plan), by=Cast.user("secretary"), on=today()
    )


def met(appraisal: Appraisal | None = None) -> Appraisal:
    row = appraisal or opened()
    meeting.begin_mutual(row, on=today(), by=Cast.user("secretary"), today=today())
    return fresh(row)


def begun(way: str = "paper", appraisal: Appraisal | None = None) -> Appraisal:
    row = appraisal or met()
    balloting.begin(row, way, on=today(), by=Cast.user("secretary"), today=today())
    return fresh(row)


def tally(row: Appraisal, valid: int = 7, **others: dict[str, int]) -> dict[int, dict[str, int]]:
    """Everybody qualified by all, but for those named."""
    marks = {key(name): given for name, given in others.items()}
    return {one.member: marks.get(one.member, {"qualified": valid}) for one in row.graded}


def counted(appraisal: Appraisal | None = None, **others: dict[str, int]) -> Appraisal:
    row = appraisal or begun()
    count(row, tally(row, **others))
    return fresh(row)


def count(row: Appraisal, marks: dict[int, dict[str, int]], **said: Any) -> None:
    plain = {"on": today(), "issued": 7, "returned": 7, "valid": 7, **said}
    balloting.count(row, balloting.Counted(tally=marks, **plain), by=Cast.user("secretary"), today=today())


def graded(appraisal: Appraisal | None = None, *, why: str = "", reasons: Any = None, **grades: str) -> Appraisal:
    row = appraisal or counted()
    given = {one.member: grades.get(one.name, "qualified") for one in row.graded}
    said = {key(name): text for name, text in (reasons or {}).items()}
    settled = grading.Settled(by="committee", on=today(), grades=given, reasons=said, cap_reason=why)
    grading.grade(row, settled, by=Cast.user("secretary"), today=today())
    return fresh(row)


def announced(appraisal: Appraisal | None = None) -> Appraisal:
    row = appraisal or graded()
    grading.announce(row, on=today(), by=Cast.user("secretary"), today=today())
    return fresh(row)


def reviewed(row: Appraisal, name: str, text: str = "今年做了不少，也有不足。") -> None:
    user = whom(name).user
    assert user is not None
    writing.review(row, key(name), text, by=user, on=today())


def voted(row: Appraisal, name: str, mark: str = "qualified", **others: str) -> None:
    user = whom(name).user
    assert user is not None
    marks = {one.member: others.get(one.name, mark) for one in row.graded}
    balloting.vote(row, key(name), marks, by=user)
