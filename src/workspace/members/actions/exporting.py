"""Take the register away: the same columns, under the same rules as looking; much in full only with a second person."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.clock import day_of
from shared.refusals import NotAllowed, Refusal
from workspace.access.actions import consents
from workspace.access.models import Consent
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.importing import UnitName, export_workbook
from workspace.members.importing.cleaning import Value
from workspace.members.importing.columns import FIELDS
from workspace.members.importing.existing import shown
from workspace.members.importing.units import UnitIndex
from workspace.members.importing.workbooks.paper import harmless
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet
from workspace.members.queries.exports import Asked, common_unit, taken_in_full
from workspace.members.queries.facts import values_of
from workspace.members.queries.masking import MASKS
from workspace.organization.models import Unit

VERB = "member.export"
ROWS_WITHOUT_REASON = 200
ROWS_ALONE = 200  # in full, by one person on their own
LATELY = timedelta(hours=24)  # parts taken within this time count together
_BOM = "\ufeff"


class MayNotExport(NotAllowed):
    message = _("您没有导出名册的权限。请联系单位管理员。")


class ExportReasonMissing(Refusal):
    message = _("导出超过 {limit} 人或包含完整号码时，请写明用途，导出会留下记录。")
    status = 400


class SecondPersonNeeded(Refusal):
    message = _(
        "24 小时内导出超过 {limit} 人的完整号码要有另一个人同意。请提交复核申请，或去掉“包含完整的号码”直接下载。"
    )


class MoreThanAgreed(Refusal):
    message = _("名册有变化：现在是 {rows} 人，同意的是 {agreed} 人。请重新申请。")


@dataclass(frozen=True)
class Exported:
    """A file and how it is served."""

    data: bytes
    content_type: str
    ending: str


def takes_two(members: MemberQuerySet, *, whole: bool, by: User, at: datetime) -> bool:
    """Whether another person must agree first: more than ROWS_ALONE in full, what was taken lately included."""
    return whole and members.count() + taken_in_full(by, since=at - LATELY) > ROWS_ALONE


@transaction.atomic
def ask(members: MemberQuerySet, asked: Asked, *, reason: str, by: User, at: datetime) -> Consent:
    """Have another person who may export them agree. Raises what `consents.ask` raises."""
    return consents.ask(VERB, common_unit(members), by=by, reason=reason, details=asked.to_json(), at=at)


@transaction.atomic
def export_or_ask(
    members: MemberQuerySet, *, form: str, whole: bool, reason: str, query: dict[str, str], by: User, at: datetime
) -> Exported | Consent:
    """The file; or, where one person may not take so much alone, the request that another one has to agree to.
    `query` is what narrowed the list, to be asked again then. Raises what `export` and `ask` raise."""
    if not takes_two(members, whole=whole, by=by, at=at):
        return export(members, form=form, whole=whole, reason=reason, by=by, at=at)
    return ask(members, Asked(members.count(), form, query), reason=reason, by=by, at=at)


@dataclass(frozen=True)
class Agreed:
    """What another person has agreed to beforehand: their consent by its key, and for how many people."""

    consent: int
    rows: int


@transaction.atomic
def export(
    members: MemberQuerySet,
    *,
    form: str,
    whole: bool,
    reason: str,
    by: User,
    at: datetime,
    agreed: Agreed | None = None,
    told: dict[str, int] | None = None,
) -> Exported:
    """`form` is xlsx or csv; `whole` writes phone and citizen numbers in full; `told` goes into the record too.
    Raises ExportReasonMissing, SecondPersonNeeded, MoreThanAgreed."""
    # One at a time for each person, or two halves at the same instant would not see each other.
    User.objects.select_for_update().get(pk=by.pk)
    rows = list(members.select_related("unit"))
    if (whole or len(rows) > ROWS_WITHOUT_REASON) and len(reason.strip()) < 2:
        raise ExportReasonMissing(limit=ROWS_WITHOUT_REASON)
    if agreed and len(rows) > agreed.rows:
        raise MoreThanAgreed(rows=len(rows), agreed=agreed.rows)
    if not agreed and takes_two(members, whole=whole, by=by, at=at):
        raise SecondPersonNeeded(limit=ROWS_ALONE)
    details = {"rows": len(rows), "form": form, "whole": whole, "reason": reason.strip()[:200], **(told or {})}
    details |= {"consent": agreed.consent} if agreed and whole else {}
    audit.record("members.exported", of=by, by=by, details=details)
    return _file(rows, form=form, whole=whole, on=day_of(at))


@transaction.atomic
def take(consent: Consent, members: MemberQuerySet, *, by: User, at: datetime) -> Exported:
    """What another person agreed to, in full. Raises consents.NotYours, NotAgreed, TooLate; MoreThanAgreed."""
    asked = Asked.from_json(consents.use(consent, by=by, at=at).details)
    rows = list(members.select_related("unit"))
    if len(rows) > asked.rows:
        raise MoreThanAgreed(rows=len(rows), agreed=asked.rows)
    details = {"rows": len(rows), "form": asked.form, "whole": True, "reason": consent.reason, "consent": consent.pk}
    audit.record("members.exported", of=by, by=by, details=details)
    return _file(rows, form=asked.form, whole=True, on=day_of(at))


def _file(rows: Iterable[Member], *, form: str, whole: bool, on: date) -> Exported:
    values = [_values(member, whole=whole, on=on) for member in rows]
    units = [UnitName(str(u.pk), u.name, u.short_name) for u in Unit.objects.all()]
    if form == "csv":
        return Exported(_csv(values, UnitIndex(units)).encode(), "text/csv; charset=utf-8", "csv")
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Exported(export_workbook(values, units), sheet, "xlsx")


def _values(member: Member, *, whole: bool, on: date) -> dict[str, Value]:
    values = values_of(member, on=on)
    if not whole:
        values |= {name: mask(str(values[name] or "")) for name, mask in MASKS.items()}
    return values


def _csv(rows: Iterable[dict[str, Value]], units: UnitIndex) -> str:
    """With a byte order mark, so that Excel reads it as UTF-8."""
    out = io.StringIO()
    out.write(_BOM)
    csv.writer(out, lineterminator="\r\n").writerows(_lines(rows, units))
    return out.getvalue()


def _lines(rows: Iterable[dict[str, Value]], units: UnitIndex) -> Iterator[list[str]]:
    yield [about.zh for about in FIELDS]
    for values in rows:
        yield [harmless(shown(about.name, values.get(about.name), units)) for about in FIELDS]
