"""Ask a second person, agree as one, say no, take it back, make use of it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.queue import later
from shared.refusals import NotAllowed, Refusal
from workspace.access.consents import KINDS, kind_of
from workspace.access.models import Consent
from workspace.access.queries import may, people_who
from workspace.accounts.models import User
from workspace.audit.actions import record
from workspace.organization.models import Unit

DECIDE_WITHIN = timedelta(days=7)
USE_WITHIN = timedelta(days=3)
_SKEW = timedelta(minutes=1)  # between the clock that starts the job and ours
State = Consent.State


class ReasonMissing(Refusal):
    message = _("请写明原因，复核的人和审计都会看到。")
    status = 400


class NobodyElse(Refusal):
    message = _(
        "没有第二个人可以复核。请单位管理员在「人员与角色」里给另一位同志授予可以导出的角色，再来申请；"
        "号码部分隐藏的导出不用复核，现在就可以下载。"
    )


class AlreadyAsked(Refusal):
    message = _("您已提出同样的申请，正在等复核。可以在「双人复核」里查看或撤回。")


class OwnRequest(NotAllowed):
    message = _("自己提出的申请要由另一个人复核。请在「双人复核」里查看可以请谁。")


class MayNotDecide(NotAllowed):
    message = _("您没有复核这项申请的权限。请联系单位管理员。")


class NotYours(NotAllowed):
    message = _("只有提出申请的人可以这样做。")


class AlreadyDecided(Refusal):
    message = _("这项申请已经有了结果，请刷新页面查看。")


class NotAgreed(Refusal):
    message = _("这项申请还没有得到同意，请等另一个人复核。")


class TooLate(Refusal):
    message = _("这项申请的期限已过，请重新申请。")
    status = 410


@transaction.atomic
def ask(verb: str, unit: Unit, *, by: User, reason: str, details: dict[str, Any], at: datetime) -> Consent:
    """Write it down and tell those who may decide. Raises ReasonMissing, AlreadyAsked, NobodyElse."""
    said = reason.strip()[:200]
    if len(said) < 2:
        raise ReasonMissing
    if Consent.objects.filter(by=by, verb=verb, details=details, decided_at__isnull=True, ends_at__gt=at).exists():
        raise AlreadyAsked
    alone = None
    if not people_who(verb, unit).exclude(pk=by.pk).exists():
        notice = KINDS[verb].alone
        if notice is None:
            raise NobodyElse
        alone = at + notice
    made = Consent.objects.create(
        verb=verb,
        unit=unit,
        by=by,
        by_name=by.name,
        asked_at=at,
        reason=said,
        details=details,
        alone_until=alone,
        ends_at=at + DECIDE_WITHIN,
    )
    record("consent.asked", of=made, by=by, details={"verb": verb, "unit": unit.pk, "reason": said, **details})
    later("access.announce_consent", consent_id=made.pk)
    if alone:
        later("access.notice_is_over", at=alone, consent_id=made.pk)
    return made


@transaction.atomic
def agree(consent: Consent, *, by: User, at: datetime) -> Consent:
    """The second person says yes. Raises OwnRequest, MayNotDecide, AlreadyDecided, TooLate, and what follows raises."""
    held = _undecided(consent, at=at)
    if held.by_id == by.pk:
        raise OwnRequest
    if not may(by, held.verb, held.unit):
        raise MayNotDecide
    return _agreed(held, by=by, at=at)


@transaction.atomic
def refuse(consent: Consent, *, by: User, reason: str, at: datetime) -> Consent:
    """The second person says no, and why. Raises OwnRequest, MayNotDecide, ReasonMissing, AlreadyDecided, TooLate."""
    held = _undecided(consent, at=at)
    if held.by_id == by.pk:
        raise OwnRequest
    if not may(by, held.verb, held.unit):
        raise MayNotDecide
    if len(reason.strip()) < 2:
        raise ReasonMissing
    held.answer = reason.strip()[:200]
    _decide(held, by=by, at=at)
    kind_of(held).refused(held)
    record("consent.refused", of=held, by=by, details={"reason": held.answer, "asked_by": held.by_id})
    later("access.announce_decision", consent_id=held.pk)
    return held


@transaction.atomic
def withdraw(consent: Consent, *, by: User) -> None:
    """Whoever asked takes it back; the row goes, the record stays. Raises NotYours, AlreadyDecided."""
    held = Consent.objects.select_for_update().get(pk=consent.pk)
    if held.by_id != by.pk:
        raise NotYours
    if held.decided_at:
        raise AlreadyDecided
    record("consent.withdrawn", of=held, by=by)
    kind_of(held).withdrawn(held)
    held.delete()


@transaction.atomic
def notice_is_over(consent: Consent, *, at: datetime) -> None:
    """Nobody else was there to decide, and nobody said no while the notice stood. Called too early, it does nothing."""
    held = Consent.objects.select_for_update(of=["self"]).select_related("unit").filter(pk=consent.pk).first()
    if held and held.decided_at is None and held.alone_until and held.alone_until <= at + _SKEW and at < held.ends_at:
        _agreed(held, by=None, at=at)


def use(consent: Consent, *, by: User, at: datetime) -> Consent:
    """Asked before it is done. Raises NotYours, NotAgreed, TooLate."""
    if consent.by_id != by.pk:
        raise NotYours
    match consent.state(at=at):
        case State.AGREED:
            return consent
        case State.OVER | State.LAPSED:
            raise TooLate
    raise NotAgreed


def _undecided(consent: Consent, *, at: datetime) -> Consent:
    held = Consent.objects.select_for_update(of=["self"]).select_related("unit").get(pk=consent.pk)
    if held.decided_at:
        raise AlreadyDecided
    if at >= held.ends_at:
        raise TooLate
    return held


def _agreed(held: Consent, *, by: User | None, at: datetime) -> Consent:
    held.agreed, held.ends_at = True, at + USE_WITHIN
    _decide(held, by=by, at=at)
    record("consent.agreed", of=held, by=by, details={"asked_by": held.by_id, "alone": by is None})
    kind_of(held).agreed(held)
    later("access.announce_decision", consent_id=held.pk)
    return held


def _decide(held: Consent, *, by: User | None, at: datetime) -> None:
    held.decided_by, held.decided_by_name, held.decided_at = by, by.name if by else "", at
    held.save(update_fields=["decided_by", "decided_by_name", "decided_at", "agreed", "ends_at", "answer"])
