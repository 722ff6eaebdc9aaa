"""Who is expected at an activity, what they answer beforehand and say afterwards."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.activities.models import Activity, CheckIn, Participation
from workspace.members.models import Appointment, Member

Audience = Activity.Audience


class AlreadyOver(Refusal):
    message = _("「{activity}」已经取消或归档，不能再修改。")


class NotOnTheRoll(Refusal):
    message = _("你不在「{activity}」的参加名单中。如需列席，请联系组织者登记。")


class ReasonForAbsenceMissing(Refusal):
    message = _("请写明请假原因。")
    status = 400


class NothingSaid(Refusal):
    message = _("请先写下内容。")
    status = 400


def audience_of(activity: Activity) -> "QuerySet[Member]":
    """Members an activity is for, by its audience; nobody for one with chosen people."""
    people = Member.objects.present().filter(category__in=Member.MEMBERS)
    if activity.audience == Audience.CHOSEN:
        return people.none()
    if activity.audience == Audience.COMMITTEE:
        sitting = Appointment.objects.current(activity.day).filter(unit=activity.unit)
        return people.filter(pk__in=sitting.values("member"))
    return people.below(activity.unit) if activity.audience == Audience.BELOW else _own_members(activity, people)


def _own_members(activity: Activity, people: "QuerySet[Member]") -> "QuerySet[Member]":
    """A branch's members are its own and those of its party groups; a committee's are its own only."""
    unit = activity.unit
    if unit.is_branch:
        return people.filter(unit__path__startswith=unit.path)
    return people.filter(unit=unit)


@transaction.atomic
def draw_up_roll(activity: Activity, *, chosen: Collection[Member] = ()) -> int:
    """Bring the roll of a coming activity in line with its audience, adding people chosen. Returns how many came on.

    Nobody who answered or was checked in is taken off. Members who are infirm or lost stand on it unexpected.
    """
    if activity.is_closed or activity.is_cancelled:
        return 0
    meant = {member.pk: member for member in audience_of(activity)}
    meant.update({member.pk: member for member in chosen})
    there = set(activity.roll.values_list("member_id", flat=True))
    missing = [
        Participation(activity=activity, member=member, is_expected=not (member.is_exempt or member.is_lost_contact))
        for key, member in meant.items()
        if key not in there
    ]
    Participation.objects.bulk_create(missing, ignore_conflicts=True, batch_size=1000)
    if activity.audience != Audience.CHOSEN:
        checked_in = CheckIn.objects.filter(activity=activity).values("member")
        gone = Q(member__left_on__isnull=False) | ~Q(member__in=list(meant))
        activity.roll.filter(gone, answer="", is_expected=True).exclude(member__in=checked_in).delete()
    return len(missing)


@transaction.atomic
def invite(activity: Activity, members: Collection[Member]) -> int:
    """Put people of any unit on the roll as guests (列席): not expected, so outside the attendance rate."""
    if activity.is_closed or activity.is_cancelled:
        raise AlreadyOver(activity=activity)
    guests = [Participation(activity=activity, member=member, is_expected=False) for member in members]
    before = activity.roll.count()
    Participation.objects.bulk_create(guests, ignore_conflicts=True)
    return activity.roll.count() - before


def place_on_roll(activity: Activity, member: Member) -> Participation:
    """The member's place; one is made for a member who belongs to the audience but came after the roll was drawn up.

    Raises NotOnTheRoll for anybody else.
    """
    found = activity.roll.filter(member=member).first()
    if found is not None:
        return found
    if not audience_of(activity).filter(pk=member.pk).exists():
        raise NotOnTheRoll(activity=activity)
    expected = not (member.is_exempt or member.is_lost_contact)
    made, _created = Participation.objects.get_or_create(
        activity=activity, member=member, defaults={"is_expected": expected}
    )
    return made


@transaction.atomic
def answer(activity: Activity, member: Member, *, coming: bool, at: datetime, reason: str = "") -> Participation:
    """The member says beforehand whether they come; staying away needs a reason."""
    if activity.is_closed or activity.is_cancelled:
        raise AlreadyOver(activity=activity)
    if not coming and not reason.strip():
        raise ReasonForAbsenceMissing
    place = place_on_roll(activity, member)
    place.answer = Participation.Answer.COMING if coming else Participation.Answer.EXCUSED
    place.reason = "" if coming else reason.strip()
    place.answered_at = at
    place.save(update_fields=["answer", "reason", "answered_at"])
    return place


@transaction.atomic
def remark(activity: Activity, member: Member, *, text: str, at: datetime) -> Participation:
    """The member's own words after the activity; open to change, never asked for."""
    if activity.is_cancelled:
        raise AlreadyOver(activity=activity)
    if not text.strip():
        raise NothingSaid
    place = place_on_roll(activity, member)
    place.remark, place.remarked_at = text.strip(), at
    place.save(update_fields=["remark", "remarked_at"])
    return place
