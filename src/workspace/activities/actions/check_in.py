"""Being there: codes that turn, a word that is spoken, a hand that marks, a click from afar."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed, Refusal
from workspace.accounts.models import User
from workspace.activities.actions.roll import AlreadyOver, draw_up_roll, place_on_roll
from workspace.activities.models import Activity, CheckIn, Participation
from workspace.activities.queries import codes
from workspace.audit import actions as audit
from workspace.members.models import Member

Method = CheckIn.Method
MOST_WRONG_CODES = 5
WRONG_CODES_WITHIN = timedelta(minutes=10)
REMOTE_OPENS_BEFORE = timedelta(minutes=30)


class CheckInNotOpen(Refusal):
    message = _("「{activity}」现在没有开放签到，请联系组织者。")


class CodeExpired(Refusal):
    message = _("二维码已过期或不正确，请重新扫描大屏幕上的二维码，或输入六位口令。")


class WrongCode(Refusal):
    message = _("口令不正确，还可以再试{left}次。请看大屏幕或问主持人。")


class TooManyWrongCodes(Refusal):
    message = _("口令已连续输错{most}次，请十分钟后再试，或请组织者登记。")
    status = 429


class ReasonForMarkingMissing(Refusal):
    message = _("请写明登记原因，例如“现场点名”。")
    status = 400


class NoRemoteHalf(Refusal):
    message = _("「{activity}」没有线上会议。")


class RemoteNotOpen(Refusal):
    message = _("线上参加在开始前三十分钟开放，结束后关闭。")


class NotAMember(NotAllowed):
    message = _("你的账号没有对应的党员信息，不能签到；请联系支部书记。")


class NotCheckedIn(Refusal):
    message = _("{member}没有签到记录。")


@transaction.atomic
def open_check_in(activity: Activity, *, by: User, at: datetime) -> Activity:
    """Let codes be shown. A new seed each time, so nothing from an earlier opening works."""
    if activity.is_closed or activity.is_cancelled:
        raise AlreadyOver(activity=activity)
    if activity.takes_check_ins:
        return activity
    draw_up_roll(activity)
    activity.check_in_seed = secrets.token_hex(16)
    activity.check_in_opened_at, activity.check_in_closed_at = at, None
    activity.save(update_fields=["check_in_seed", "check_in_opened_at", "check_in_closed_at", "updated_at"])
    audit.record("activity.check_in_opened", of=activity, by=by)
    return activity


@transaction.atomic
def close_check_in(activity: Activity, *, by: User, at: datetime) -> Activity:
    """No code works any longer; the roll stays open to the organiser."""
    if activity.takes_check_ins:
        activity.check_in_closed_at = at
        activity.save(update_fields=["check_in_closed_at", "updated_at"])
        audit.record("activity.check_in_closed", of=activity, by=by)
    return activity


def check_in_by_scan(
    activity: Activity, member: Member | None, *, by: User, at: datetime, device_at: datetime | None = None
) -> CheckIn:
    """For somebody whose scan of the turning code was just accepted (`queries.codes.accepts`). Idempotent."""
    return _arrive(activity, member, Method.QR, by=by, at=at, device_at=device_at)


def check_in_by_code(
    activity: Activity, member: Member | None, code: str, *, by: User, at: datetime, device_at: datetime | None = None
) -> CheckIn:
    """With the six digits that are spoken or shown. Raises WrongCode (after the wrong try has been noted outside the
    caller's failing transaction: see `note_wrong_code`) or TooManyWrongCodes."""
    _refuse_outside(activity, member)
    # locked: several guesses sent at once must be counted one after the other
    place = Participation.objects.select_for_update().get(pk=place_on_roll(activity, _known(member)).pk)
    if wrong_tries(place, at=at) >= MOST_WRONG_CODES:
        raise TooManyWrongCodes(most=MOST_WRONG_CODES)
    if not codes.accepts_spoken(activity, code, at=at):
        raise WrongCode(left=MOST_WRONG_CODES - 1 - wrong_tries(place, at=at))
    return _arrive(activity, member, Method.CODE, by=by, at=at, device_at=device_at)


@transaction.atomic
def note_wrong_code(activity: Activity, member: Member, *, at: datetime) -> None:
    """Remember a wrong try. The edge calls it after it has turned WrongCode into an answer, so that it is kept."""
    place = Participation.objects.select_for_update().get(activity=activity, member=member)
    recent = [tried for tried in place.wrong_codes if tried > at - WRONG_CODES_WITHIN]
    place.wrong_codes = [*recent, at][-MOST_WRONG_CODES:]
    place.save(update_fields=["wrong_codes"])


def wrong_tries(place: Participation, *, at: datetime) -> int:
    return sum(tried > at - WRONG_CODES_WITHIN for tried in place.wrong_codes)


def join_remotely(
    activity: Activity, member: Member | None, *, by: User, at: datetime, device_at: datetime | None = None
) -> CheckIn:
    """Counts as taking part from afar. Needs no code: who joins online sees no screen."""
    if not activity.online_url:
        raise NoRemoteHalf(activity=activity)
    if activity.is_closed or activity.is_cancelled:
        raise AlreadyOver(activity=activity)
    if not activity.starts_at - REMOTE_OPENS_BEFORE <= at <= activity.ends_at:
        raise RemoteNotOpen
    return _write(activity, place_on_roll(activity, _known(member)).member, Method.REMOTE, by, at, device_at)


@transaction.atomic
def mark_present(activity: Activity, member: Member, *, by: User, at: datetime, reason: str) -> CheckIn:
    """The organiser marks somebody who was there, and says why by hand. The member must stand on the roll."""
    if activity.is_closed or activity.is_cancelled:
        raise AlreadyOver(activity=activity)
    if not reason.strip():
        raise ReasonForMarkingMissing
    place_on_roll(activity, member)
    return _write(activity, member, Method.MANUAL, by, at, None, reason.strip())


@transaction.atomic
def undo_check_in(activity: Activity, member: Member, *, by: User, reason: str) -> None:
    """Take back a mistaken check-in; the audit record keeps that it was there."""
    if activity.is_closed or activity.is_cancelled:
        raise AlreadyOver(activity=activity)
    found = CheckIn.objects.filter(activity=activity, member=member).first()
    if found is None:
        raise NotCheckedIn(member=member)
    audit.record(
        "activity.check_in_undone",
        of=activity,
        by=by,
        details={"member": member.pk, "method": found.method, "at": found.at.isoformat(), "reason": reason.strip()},
    )
    found.delete()


@transaction.atomic
def keep_roll(
    activity: Activity,
    *,
    present: Collection[int],
    reasons: Mapping[int, str],
    by: User,
    at: datetime,
    note: str,
) -> tuple[int, int]:
    """The organiser's roll of the whole activity: who of it was present (keys of members), and why others were not.

    Returns how many were marked and how many unmarked. Check-ins that stand stay as they were made.
    """
    if activity.is_closed or activity.is_cancelled:
        raise AlreadyOver(activity=activity)
    places = {
        place.member_id: place for place in activity.roll.select_related("member").select_for_update(of=("self",))
    }
    there = set(CheckIn.objects.filter(activity=activity).values_list("member_id", flat=True))
    wanted = set(present) & set(places)
    if wanted - there and not note.strip():
        raise ReasonForMarkingMissing
    for key in sorted(wanted - there):
        _write(activity, places[key].member, Method.MANUAL, by, at, None, note.strip())
    for key in sorted((there & set(places)) - wanted):
        undo_check_in(activity, places[key].member, by=by, reason=note)
    changed = []
    for key, place in places.items():
        reason = reasons.get(key, place.reason).strip()[:200]
        if key not in wanted and reason != place.reason:
            place.reason = reason
            changed.append(place)
    Participation.objects.bulk_update(changed, ["reason"])
    return len(wanted - there), len((there & set(places)) - wanted)


def _arrive(
    activity: Activity,
    member: Member | None,
    method: str,
    *,
    by: User,
    at: datetime,
    device_at: datetime | None,
) -> CheckIn:
    _refuse_outside(activity, member)
    return _write(activity, place_on_roll(activity, _known(member)).member, method, by, at, device_at)


def _refuse_outside(activity: Activity, member: Member | None) -> None:
    _known(member)
    if activity.is_closed or activity.is_cancelled:
        raise AlreadyOver(activity=activity)
    if not activity.takes_check_ins:
        raise CheckInNotOpen(activity=activity)


def _known(member: Member | None) -> Member:
    if member is None:
        raise NotAMember
    return member


def _write(
    activity: Activity,
    member: Member,
    method: str,
    by: User,
    at: datetime,
    device_at: datetime | None,
    reason: str = "",
) -> CheckIn:
    """One row whatever happens: a second tap, or a second device, finds the first."""
    found, created = CheckIn.objects.get_or_create(
        activity=activity,
        member=member,
        defaults={"method": method, "at": at, "device_at": device_at, "by": by, "reason": reason},
    )
    if created:
        audit.record("activity.checked_in", of=activity, by=by, details={"member": member.pk, "method": method})
    return found
