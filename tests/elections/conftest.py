"""A committee with a branch of twelve full members, whose secretary runs an election, and an administrator above."""

from datetime import date, timedelta
from typing import Any

import pytest

from rules import Marks, add_months
from shared.clock import now, today
from tenants import context
from tests.support.cast import Cast
from workspace.elections.actions import balloting, candidates, meeting, opening, papers, posts
from workspace.elections.models import Election
from workspace.elections.models.candidates import Candidate
from workspace.elections.models.papers import About
from workspace.members.actions.events import register_many
from workspace.members.models import Appointment, Member
from workspace.organization.models import Unit

NAMES = ("陈一", "褚二", "卫三", "蒋四", "沈五", "韩六", "杨七", "朱八", "秦九", "尤十")


@pytest.fixture
def jia(cast: Cast):
    """Inside jia, where 第一党支部 was elected almost three years ago."""
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
    unit = first()
    Unit.objects.filter(pk=unit.pk).update(elected_on=add_months(today(), -34))
    Member.objects.filter(unit=unit).update(joined_on=date(2010, 7, 1), converted_on=date(2011, 7, 1))
    made = [Member(unit=unit, name=name, joined_on=date(2010, 7, 1), converted_on=date(2011, 7, 1)) for name in NAMES]
    made.append(
        Member(unit=unit, name="吕预备", category=Member.Category.PROBATIONARY, joined_on=today() - timedelta(99))
    )
    register_many(Member.objects.bulk_create(made), on=today() - timedelta(400), by=None, at=now())
    Appointment.objects.create(unit=unit, member=whom("李书记"), post="secretary", since=add_months(today(), -34))
    Appointment.objects.create(unit=unit, member=whom("王党员"), post="publicity", since=add_months(today(), -34))


def first() -> Unit:
    return Unit.objects.get(name="第一党支部")


def whom(name: str) -> Member:
    return Member.objects.select_related("unit").get(unit=first(), name=name)


def fresh(election: Election) -> Election:
    return Election.objects.select_related("unit").get(pk=election.pk)


def opened(*, by: str = "secretary", **said: Any) -> Election:
    plan = {"kind": "committee", "seats": 3, "deputies": 1, "planned_on": today(), **said}
    return opening.open_election(first(), opening.Plan(**plan), by=Cast.user(by), on=today())


def asked(election: Election, about: str, **said: Any) -> Election:
    papers.ask(election, about, on=today(), by=Cast.user("secretary"), today=today(), **said)
    return fresh(election)


def decided(election: Election, *, approve: bool = True, by: str = "owner", **said: Any) -> Election:
    papers.decide(election, approve=approve, on=today(), by=Cast.user(by), today=today(), **said)
    return fresh(election)


def nominated(election: Election, *names: str, **posts_of: str) -> Election:
    people = [Candidate(member=whom(name).pk, name=name, post=posts_of.get(name, "committee")) for name in names]
    candidates.nominate(election, people, by=Cast.user("secretary"), on=today())
    return fresh(election)


def ready(*names: str, **said: Any) -> Election:
    """Everything approved: the meeting can open."""
    election = decided(asked(opened(**said), About.REQUEST))
    return decided(asked(nominated(election, *(names or NAMES[:4])), About.CANDIDATES))


def meet(election: Election, present: int = 12) -> Election:
    meeting.open_meeting(election, on=today(), present=present, by=Cast.user("secretary"), today=today())
    return fresh(election)


def counted(election: Election, purpose: str, votes: dict[str, int], *, of: int = 12, **said: Any) -> Election:
    """So many yes votes each, all others no, of `of` valid ballots."""
    marks = {whom(name).pk: Marks(yes, of - yes) for name, yes in votes.items()}
    plain = {"on": today(), "present": of, "issued": of, "returned": of, "valid": of, **said}
    balloting.count(
        election, purpose, balloting.Counted(votes=marks, **plain), by=Cast.user("secretary"), today=today()
    )
    return fresh(election)


def elected(*, secretary: str = "陈一", deputy: str = "褚二") -> Election:
    """A committee of three with its work shared out, to be reported above."""
    election = counted(meet(ready()), "committee", {"陈一": 12, "褚二": 11, "卫三": 9, "蒋四": 4})
    election = counted(election, "secretary", {secretary: 3}, of=3)
    election = counted(election, "deputy", {deputy: 2}, of=3)
    posts.divide(election, {whom("卫三").pk: "organisation"}, by=Cast.user("secretary"))
    return fresh(election)
