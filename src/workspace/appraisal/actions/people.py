"""How somebody takes part, where people decide otherwise than the register says: excused, or not graded."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.appraisal.actions.locking import WritingIsOver, locked
from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.people import BY_PEOPLE, Part, Person
from workspace.appraisal.queries.people import by_rule
from workspace.appraisal.queries.progress import is_writing
from workspace.audit import actions as audit
from workspace.members.models import Member
from workspace.members.queries.as_of import stood
from workspace.organization.models import Unit


class NotOnTheList(Refusal):
    message = _("这名党员不在参加评议的名单上。")
    status = 404


class ProbationaryUngraded(Refusal):
    message = _("{name}在统计截止日是预备党员，参加评议但不评定等次。")


class WhyNeeded(Refusal):
    message = _("请写明不参加或不评定等次的原因。")
    status = 400


class NobodyLeft(Refusal):
    message = _("至少要有一名党员评定等次。")


@dataclass(frozen=True, kw_only=True)
class Change:
    """`part` as in `Part`; `why` and `note` for everybody who is not graded."""

    part: str
    why: str = ""
    note: str = ""


@transaction.atomic
def place(appraisal: Appraisal, member: int, change: Change, *, by: User) -> Person:
    """Until the ballot begins. Graded takes a decision back.

    Raises NotRunning, WritingIsOver, NotOnTheList, ProbationaryUngraded, WhyNeeded, NobodyLeft.
    """
    now = locked(appraisal)
    if not is_writing(now):
        raise WritingIsOver
    before = now.person(member)
    if before is None:
        raise NotOnTheList
    rule = _by_rule(now, before)
    if change.part == Part.GRADED:
        if not rule.is_graded and not before.by:
            raise ProbationaryUngraded(name=before.name)
        made = rule
    elif change.part == Part.UNGRADED and not rule.is_graded:
        made = rule
    elif change.why not in BY_PEOPLE or not change.note.strip():
        raise WhyNeeded
    else:
        part, why = Part(change.part).value, str(change.why)
        made = replace(before, part=part, why=why, note=change.note.strip(), by=by.name)
    people = [made if one.member == member else one for one in now.persons]
    if not any(one.is_graded for one in people):
        raise NobodyLeft
    now.people = [one.stored() for one in people]
    now.save(update_fields=["people", "updated_at"])
    details = {"member": member, "name": made.name, "part": made.part, "why": made.why, "note": made.note}
    audit.record("appraisal.person_changed", of=now, by=by, details=details)
    return made


def _by_rule(now: Appraisal, one: Person) -> Person:
    """As the register of the cut-off day says; who is on it no longer, as a full member."""
    if not one.by:
        return one
    found = {each.member_id: each.standing for each in stood(Unit.objects.filter(pk__in=_units(now)), on=now.cutoff_on)}
    standing = found.get(one.member)
    probationary = standing is not None and standing.category == Member.Category.PROBATIONARY
    return by_rule(one.member, one.name, is_probationary=probationary, on=now.cutoff_on)


def _units(now: Appraisal) -> list[int]:
    return list(Unit.objects.filter(path__startswith=now.unit.path).values_list("pk", flat=True))
