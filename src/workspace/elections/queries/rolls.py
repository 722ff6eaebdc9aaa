"""Who may vote in a unit on a day: from the members' events, amended by people; as it was frozen, once it was."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.elections.models import Election
from workspace.elections.models.rolls import BY_RULE, Line, Roll, Why
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet
from workspace.members.queries.as_of import Stood, stood
from workspace.organization.models import Unit, UnitQuerySet

BY_ARTICLE = _("按选举工作条例第五条不参加选举")


def roll_of(election: Election, *, on: date) -> Roll:
    """With its lines: those frozen, or else as they would be on that day. Four queries while it is not frozen."""
    kept = election.list_of_voters
    if kept.frozen_on:
        return kept
    return Roll(kept.amendments, tuple(_amended(_by_register(election.unit, on), kept)), None)


def day_of(election: Election, today: date) -> date:
    """The day the list is drawn up for: that of the meeting, as planned; in the past once it has been."""
    return min(election.planned_on, today) if election.held_on is None else election.held_on


def people_to_put_on(election: Election, *, by: User, on: date) -> MemberQuerySet:
    """Full members in sight of this person who do not stand on the list at all."""
    there = [line.member for line in roll_of(election, on=on).lines]
    seen = units_where(by, "member.view").order_by().values("pk")
    return (
        Member.objects.present()
        .full()
        .filter(unit__in=seen)
        .exclude(pk__in=there)
        .select_related("unit")
        .order_by("pinyin", "pk")
    )


def shown_reason(line: Line, *, in_full: bool) -> str:
    """Observation within the Party is known to those who look after the register; others read the article alone."""
    if line.why == Why.OBSERVED and not in_full:
        return str(BY_ARTICLE)
    return line.reason


def _by_register(unit: Unit, on: date) -> list[Line]:
    """Everybody with a membership, by name."""
    found = {each.member_id: each for each in stood(_reach(unit), on=on) if each.standing.is_member}
    rows = Member.objects.filter(pk__in=found).order_by("pinyin", "pk").values_list("pk", "name")
    return [Line(key, name, _why(found[key])) for key, name in rows]


def _reach(unit: Unit) -> UnitQuerySet:
    """The unit and all below it; the sample apart, unless it is the one that elects."""
    below = Unit.objects.filter(path__startswith=unit.path)
    return below if unit.is_sample else below.filter(is_sample=False)


def _why(each: Stood) -> str:
    if each.standing.has_vote:
        return ""
    probationary = each.standing.category == Member.Category.PROBATIONARY
    return (Why.PROBATIONARY if probationary else Why.OBSERVED).value


def _amended(lines: list[Line], roll: Roll) -> list[Line]:
    """What people changed, over what the register says; the later one counts."""
    said = {row.member: row for row in roll.amendments}
    known = {line.member for line in lines}
    found = []
    for line in lines:
        change = said.get(line.member)
        if change is None or (not change.is_in and line.why in BY_RULE):
            found.append(line)
        else:
            found.append(Line(line.member, line.name, "" if change.is_in else change.why))
    return found + [Line(row.member, row.name) for row in roll.amendments if row.is_in and row.member not in known]
