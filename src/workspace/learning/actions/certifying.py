"""Certify hours (认定学时) and take them back."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.activities.models import Activity, CheckIn
from workspace.audit import actions as audit
from workspace.learning.models import LONGEST, StudyRecord
from workspace.learning.queries.uncertified import counts_as_study, hours_of
from workspace.members.models import Member
from workspace.organization.models import Unit

Source = StudyRecord.Source


class NotOnRecord(Refusal):
    message = _("「{activity}」还没有归档。归档之后才能认定学时。")


class NoStudy(Refusal):
    message = _("「{activity}」不是党课、培训或主题党日，不能直接认定学时；确有学习内容的，请手工登记。")


class NobodyWasThere(Refusal):
    message = _("「{activity}」没有到会的党员，没有学时可认定。")


class AlreadyCertified(Refusal):
    message = _("「{activity}」的学时已经认定过；需要更改请先撤销。")


class NothingToUndo(Refusal):
    message = _("「{activity}」没有认定过学时。")


class HoursOutOfRange(Refusal):
    message = _("学时须大于 0、不超过 {most}，以半小时为单位。")
    status = 400


class NobodyChosen(Refusal):
    message = _("还没有选择党员。")
    status = 400


class NotInTheBranch(Refusal):
    message = _("有 {count} 人不在本支部，请刷新页面后重新选择。")


class InTheFuture(Refusal):
    message = _("学习日期在将来。学过之后再登记。")
    status = 400


@transaction.atomic
def certify_activity(activity: Activity, *, hours: Decimal | None = None, by: User) -> list[StudyRecord]:
    """The hours of a closed activity for every member who was there; what it lasted unless `hours` says otherwise."""
    # locked: two clicks at once must certify once
    now = Activity.objects.select_for_update().get(pk=activity.pk)
    if not now.is_closed:
        raise NotOnRecord(activity=now)
    if not counts_as_study(now):
        raise NoStudy(activity=now)
    if StudyRecord.objects.filter(activity=now).exists():
        raise AlreadyCertified(activity=now)
    came = CheckIn.objects.filter(activity=now, member__category__in=Member.MEMBERS)
    given = hours_of(now) if hours is None else hours
    _refuse_hours(given)
    rows = [
        StudyRecord(
            member_id=member,
            on=now.day,
            title=now.title,
            hours=given,
            source=Source.ACTIVITY,
            activity=now,
            certified_by=by,
        )
        for member in came.values_list("member_id", flat=True)
    ]
    if not rows:
        raise NobodyWasThere(activity=now)
    StudyRecord.objects.bulk_create(rows)
    audit.record("study.certified", of=now, by=by, details={"hours": str(given), "members": len(rows)})
    return rows


@transaction.atomic
def undo_activity(activity: Activity, *, by: User) -> int:
    """Take back all hours certified for an activity; returns how many records went."""
    gone, _per_model = StudyRecord.objects.filter(activity=activity).delete()
    if not gone:
        raise NothingToUndo(activity=activity)
    audit.record("study.certification_undone", of=activity, by=by, details={"members": gone})
    return gone


@transaction.atomic
def add_study(
    unit: Unit,
    members: Collection[int],
    *,
    on: date,
    title: str,
    hours: Decimal,
    source: str,
    by: User,
    today: date,
) -> list[StudyRecord]:
    """Hours of a class attended or work passed, by hand, for several members (keys) of a unit."""
    if not members:
        raise NobodyChosen
    if on > today:
        raise InTheFuture
    _refuse_hours(hours)
    people = list(Member.objects.present().below(unit).filter(pk__in=set(members), category__in=Member.MEMBERS))
    if len(people) < len(set(members)):
        raise NotInTheBranch(count=len(set(members)) - len(people))
    rows = [StudyRecord(member=one, on=on, title=title, hours=hours, source=source, certified_by=by) for one in people]
    StudyRecord.objects.bulk_create(rows)
    details = {"hours": str(hours), "on": on.isoformat()}
    audit.record_many("study.added", of=rows, by=by, details=[details | {"member": row.member_id} for row in rows])
    return rows


@transaction.atomic
def undo_record(record: StudyRecord, *, by: User) -> None:
    """Take one member's record back."""
    details = {"member": record.member_id, "hours": str(record.hours), "on": record.on.isoformat()}
    audit.record("study.undone", of=record, by=by, details=details)
    record.delete()


def _refuse_hours(hours: Decimal) -> None:
    if not 0 < hours <= LONGEST or hours % Decimal("0.5"):
        raise HoursOutOfRange(most=LONGEST)
