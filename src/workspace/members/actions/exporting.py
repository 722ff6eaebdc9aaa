"""Take the register away: the same columns, under the same rules as looking."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
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
from workspace.members.queries.facts import values_of
from workspace.members.queries.masking import MASKS
from workspace.organization.models import Unit

ROWS_WITHOUT_REASON = 200
_BOM = "\ufeff"


class ExportReasonMissing(Refusal):
    message = _("导出超过 {limit} 人或包含完整号码时，请写明用途，导出会留下记录。")
    status = 400


@dataclass(frozen=True)
class Exported:
    """A file and how it is served."""

    data: bytes
    content_type: str
    ending: str


@transaction.atomic
def export(members: MemberQuerySet, *, form: str, whole: bool, reason: str, by: User, on: date) -> Exported:
    """`form` is xlsx or csv; `whole` writes phone and citizen numbers in full. Raises ExportReasonMissing."""
    rows = list(members.select_related("unit"))
    if (whole or len(rows) > ROWS_WITHOUT_REASON) and len(reason.strip()) < 2:
        raise ExportReasonMissing(limit=ROWS_WITHOUT_REASON)
    values = [_values(member, whole=whole, on=on) for member in rows]
    details = {"rows": len(rows), "form": form, "whole": whole, "reason": reason.strip()[:200]}
    audit.record("members.exported", of=by, by=by, details=details)
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
