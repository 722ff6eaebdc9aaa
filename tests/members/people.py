"""Fictional members for these tests."""

from datetime import date
from typing import Any

from shared.synthetic import people
from tenants import context
from tests.support.cast import Cast
from workspace.members.models import Member
from workspace.organization.models import Unit

ON = date(2026, 11, 20)


def branch(name: str = "第一党支部") -> Unit:
    """A branch of the workspace in force."""
    return Unit.objects.get(name=name)


def admit(cast: Cast, unit: str = "第一党支部", **facts: Any) -> Member:
    """One member of a branch of jia, with every fact given and a phone."""
    with context.inside(cast.jia):
        return Member.objects.create(**({"unit": branch(unit), "name": "张三丰", "phone": "13812341234"} | facts))


def fill(count: int, unit: Unit) -> list[Member]:
    """Many members of a unit of the workspace in force."""
    return Member.objects.bulk_create(
        Member(
            unit=unit,
            name=who.name,
            sex=who.sex,
            citizen_number=who.citizen_number,
            birth_date=who.birth_date,
            phone=who.phone,
            joined_on=who.joined_on,
            converted_on=who.converted_on,
        )
        for who in people(count, on=ON, seed=7)
    )
