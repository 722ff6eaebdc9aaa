"""A branch with people to send, a second one to receive them, and the words that letters need."""

from datetime import date
from typing import Any

import pytest

from shared.clock import today
from tenants import context
from tests.support.cast import Cast
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.transfers.actions import accepting, arriving, issuing
from workspace.transfers.models import Transfer
from workspace.transfers.models.newcomer import Newcomer

ZHANG = "999999199001011238"


@pytest.fixture
def jia(cast: Cast):
    """Inside jia, where 第二党支部 has a secretary of its own."""
    with context.inside(cast.jia):
        settle()
        yield cast


@pytest.fixture
def committed_jia(cast: Cast) -> Cast:
    """The same, for tests that go through pages."""
    with context.inside(cast.jia):
        settle()
    return cast


def settle() -> None:
    Member.objects.filter(user__isnull=False).update(joined_on=date(2010, 7, 1), converted_on=date(2011, 7, 1))
    user = User.objects.create_user("receiver", "Correct-horse-9", name="周书记")
    Grant.objects.create(user=user, role=Role.SECRETARY, unit=second())


def first() -> Unit:
    return Unit.objects.get(name="第一党支部")


def second() -> Unit:
    return Unit.objects.get(name="第二党支部")


def somebody(username: str = "member") -> Member:
    return Member.objects.select_related("unit").get(user__username=username)


def order(**said: Any) -> issuing.Order:
    values = {"issued_on": today(), "valid_days": 30, "word": "组转", **said}
    if "destination_name" not in values:
        values.setdefault("destination", second())
    return issuing.Order(**values)


def issue(*people: Member, by: str = "secretary", on: date | None = None, **said: Any) -> list[Transfer]:
    members = list(people) or [somebody()]
    return issuing.issue(members, order(**said), by=Cast.user(by), on=on or today())


def accept(transfer: Transfer, *, by: str = "receiver", on: date | None = None, **said: Any) -> Transfer:
    return accepting.accept(transfer, on=on or today(), by=Cast.user(by), today=today(), **said)


def newcomer(**said: Any) -> Newcomer:
    values = {"name": "张新来", "citizen_number": ZHANG, "joined_on": date(2015, 7, 1), **said}
    return Newcomer(**{"converted_on": date(2016, 7, 1), **values})


def arrive(by: str = "receiver", **said: Any) -> Transfer:
    who = said.pop("newcomer", None) or newcomer()
    values = {
        "destination": second(),
        "origin_name": "中共某大学委员会",
        "issued_on": today(),
        "valid_days": 30,
        **said,
    }
    return arriving.enter(arriving.Arrival(newcomer=who, **values), by=Cast.user(by), on=today())
