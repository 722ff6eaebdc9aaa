"""Give a member a post of a unit (任职) and end it (免职)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.queue import later
from shared.refusals import NotAllowed, Refusal
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.models import Appointment, Member
from workspace.members.queries.appointments import APPROVED_ABOVE, electable
from workspace.organization.models import Unit


class NotOfThisUnit(Refusal):
    message = _("{member}不是{unit}的在册正式党员，不能担任这里的职务。请先办理转入或转正。")


class SecretarySitting(Refusal):
    message = _("{unit}现任书记是{member}。请勾选“同时免去现任书记”，或先办理免职。")


class AlreadyHolds(Refusal):
    message = _("{member}已担任{unit}{post}。")


class UnitIsClosed(Refusal):
    message = _("{unit}已撤销，不能再任职。")


class AlreadyEnded(Refusal):
    message = _("{member}的{post}职务已于{on}免去。")


class EndsBeforeItBegan(Refusal):
    message = _("免职日期不能早于任职日期（{since}）。")
    status = 400


class DecidedAbove(NotAllowed):
    message = _("书记、副书记由上级党组织批准。请联系上级党组织的管理员办理。")


@transaction.atomic
def appoint(member: Member, *, unit: Unit, post: str, since: date, by: User, replacing: bool = False) -> Appointment:
    """The member holds the post from that day. With `replacing`, the sitting secretary's post ends the same day.

    Raises DecidedAbove, UnitIsClosed, NotOfThisUnit, AlreadyHolds, SecretarySitting or EndsBeforeItBegan.
    """
    refuse_if_decided_above(unit, post, by)
    return take_up(member, unit=unit, post=post, since=since, by=by, replacing=replacing)


def take_up(member: Member, *, unit: Unit, post: str, since: date, by: User, replacing: bool = False) -> Appointment:
    """The same, without asking whether `by` may: the level above has agreed already. Runs in its transaction."""
    # The unit's row is held, so that of two people who appoint at once the second is told of the first.
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if not unit.is_open:
        raise UnitIsClosed(unit=unit)
    if not electable(unit).filter(pk=member.pk).exists():
        raise NotOfThisUnit(member=member, unit=unit)
    sitting = Appointment.objects.filter(unit=unit, post=post, until__isnull=True).select_related("member")
    if sitting.filter(member=member).exists():
        raise AlreadyHolds(member=member, unit=unit, post=Appointment.Post(post).label)
    if post == Appointment.Post.SECRETARY:
        _make_room(sitting.first(), unit=unit, on=since, by=by, replacing=replacing)
    made = Appointment.objects.create(unit=unit, member=member, post=post, since=since)
    details = {"member": str(member), "post": str(made.get_post_display()), "since": since.isoformat()}
    audit.record("unit.appointed", of=unit, by=by, details=details)
    later("activities.renew", unit_id=unit.pk)
    return made


@transaction.atomic
def end(appointment: Appointment, *, on: date, by: User) -> Appointment:
    """From that day the post is no longer held. Raises DecidedAbove, AlreadyEnded or EndsBeforeItBegan."""
    refuse_if_decided_above(appointment.unit, appointment.post, by)
    return lay_down(appointment, on=on, by=by)


def lay_down(appointment: Appointment, *, on: date, by: User) -> Appointment:
    """The same, where an election has decided. Runs in its transaction."""
    held = Appointment.objects.select_for_update(of=("self",)).select_related("unit", "member").get(pk=appointment.pk)
    if held.until:
        raise AlreadyEnded(member=held.member, post=held.get_post_display(), on=held.until)
    if on < held.since:
        raise EndsBeforeItBegan(since=held.since)
    held.until = on
    held.save(update_fields=["until"])
    details = {"member": str(held.member), "post": str(held.get_post_display()), "until": on.isoformat()}
    audit.record("unit.post_ended", of=held.unit, by=by, details=details)
    later("activities.renew", unit_id=held.unit.pk)
    return held


def refuse_if_decided_above(unit: Unit, post: str, by: User) -> None:
    """Raise DecidedAbove when the post is one that the person cannot fill on their own unit."""
    if post in APPROVED_ABOVE and not may(by, "unit.change", unit):
        raise DecidedAbove


def _make_room(sitting: Appointment | None, *, unit: Unit, on: date, by: User, replacing: bool) -> None:
    if sitting is None:
        return
    if not replacing:
        raise SecretarySitting(unit=unit, member=sitting.member)
    lay_down(sitting, on=on, by=by)
