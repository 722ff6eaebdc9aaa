"""Who takes part in an appraisal: the members of the branch as they stood on the cut-off day."""

from collections.abc import Iterable
from datetime import date

import rules
from workspace.appraisal.models.people import Part, Person, Why
from workspace.members.models import Member
from workspace.members.queries.as_of import stood
from workspace.organization.models import Unit, UnitQuerySet


def people_of(unit: Unit, *, on: date, kept: Iterable[Person] = ()) -> list[Person]:
    """By name. Full members are graded, probationary ones take part without a grade (`appraisal.probationary`).
    What people decided about somebody in `kept` holds. Four queries."""
    found = {each.member_id: each.standing for each in stood(_reach(unit), on=on) if each.standing.is_member}
    decided = {one.member: one for one in kept if one.by}
    rows = Member.objects.filter(pk__in=found).order_by("pinyin", "pk").values_list("pk", "name")
    people = []
    for key, name in rows:
        probationary = found[key].category == Member.Category.PROBATIONARY
        people.append(decided.get(key) or by_rule(key, name, is_probationary=probationary, on=on))
    return people


def by_rule(member: int, name: str, *, is_probationary: bool, on: date) -> Person:
    if rules.is_graded(is_probationary=is_probationary, on=on):
        return Person(member=member, name=name)
    return Person(member=member, name=name, part=Part.UNGRADED.value, why=Why.PROBATIONARY.value)


def _reach(unit: Unit) -> UnitQuerySet:
    """The branch with its party groups; the sample apart, unless it is the one."""
    below = Unit.objects.filter(path__startswith=unit.path)
    return below if unit.is_sample else below.filter(is_sample=False)
