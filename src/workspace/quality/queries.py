"""Whose entries a person may judge: units by `quality.view`, people by `member.view` as everywhere."""

from datetime import date, datetime

from django.http import Http404

from shared.clock import today
from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.members.queries.visibility import members_where
from workspace.organization.models import Unit, UnitQuerySet
from workspace.organization.notes import Errand, Notes
from workspace.quality.survey import Survey

VERB, ASK, PEOPLE = "quality.view", "quality.ask", "member.view"


def units_seen(user: User) -> UnitQuerySet:
    return units_where(user, VERB).open().exclude(type=Unit.Type.GROUP)


def get_unit(pk: int | None, *, user: User) -> Unit:
    """The unit with that key, or the highest one without a key; 404 for what this person may not see."""
    seen = units_seen(user)
    unit = seen.filter(pk=pk).first() if pk is not None else seen.order_by("depth", "path").first()
    if unit is None:
        raise Http404
    return unit


def survey_of(unit: Unit, *, user: User, on: date, at: datetime) -> Survey:
    """Of those at or below the unit whom the person may see."""
    seen = members_where(user, PEOPLE)
    return Survey(seen.below(unit), on, at, seen)


def open_errands(user: User, *, at: datetime) -> list[tuple[Unit, Errand, int]]:
    """Units that were asked to complete their entries and have not, of those whose members this person may change; each
    with how many people are left. Two queries, and one more where there are any."""
    mine = units_where(user, "member.change").open().filter(notes__has_key="errand").order_by("path")
    asked = [(unit, errand) for unit in mine if (errand := Notes.read(unit.notes).errand)]
    if not asked:
        return []
    counts = Survey(Member.objects.filter(unit__in=[unit.pk for unit, _errand in asked]), today(), at).by_unit
    left = ((unit, errand, counts[unit.pk].to_complete) for unit, errand in asked if unit.pk in counts)
    return [(unit, errand, people) for unit, errand, people in left if people]
