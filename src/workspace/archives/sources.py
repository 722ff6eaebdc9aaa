"""What can be exported on a schedule: each as one person may take it on that day, narrowed to one unit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shared.clock import day_of
from shared.exports import list_response
from workspace.accounts.models import User
from workspace.archives.terms import Terms
from workspace.audit import actions as audit
from workspace.development import sheets as cases
from workspace.development.queries import pipeline
from workspace.members.actions import exporting
from workspace.members.actions.exporting import Agreed
from workspace.members.forms.exports import chosen
from workspace.members.models.member import MemberQuerySet
from workspace.organization import counters, queries, sheets
from workspace.organization.models import Unit


@dataclass(frozen=True)
class Made:
    data: bytes
    ending: str
    rows: int


@dataclass(frozen=True)
class Order:
    """Who gets what of which unit; `schedule` is its key, for the record."""

    person: User
    unit: Unit
    terms: Terms
    agreed: Agreed | None
    schedule: int
    at: datetime


@dataclass(frozen=True)
class Source:
    """`verb` is what a person must be allowed on the unit, asked each time; `can_be_whole`: numbers may be in full."""

    name: str
    label: str | Promise
    verb: str
    make: Callable[[Order], Made]
    can_be_whole: bool = False


def members_of(person: User, unit: Unit, terms: Terms, *, at: datetime) -> MemberQuerySet:
    """What the list would show to this person, never beyond the unit."""
    return chosen(person, {**terms.query, "unit": str(unit.pk)}, on=day_of(at)).below(unit)


def _members(order: Order) -> Made:
    said = order.terms
    found = members_of(order.person, order.unit, said, at=order.at)
    made = exporting.export(
        found,
        form=said.form,
        whole=said.whole,
        reason=said.reason,
        by=order.person,
        at=order.at,
        agreed=order.agreed,
        told={"schedule": order.schedule},
    )
    return Made(made.data, made.ending, found.count())


def _units(order: Order) -> Made:
    rows = [row for row in queries.listing(order.person) if row.unit.path.startswith(order.unit.path)]
    told = {"rows": len(rows), "form": order.terms.form, "schedule": order.schedule}
    audit.record("unit.exported", of=order.person, by=order.person, details=told)
    write = sheets.workbook if order.terms.form == "xlsx" else sheets.csv_text
    return Made(write(rows, counters.labels()), order.terms.form, len(rows))


def _cases(order: Order) -> Made:
    narrowing = pipeline.Narrowing(unit=order.unit, standing=order.terms.query.get("standing", "open"))
    rows = cases.rows(pipeline.cases(order.person, narrowing, on=day_of(order.at)))
    told = {"rows": len(rows), "schedule": order.schedule}
    audit.record("development.exported", of=order.person, by=order.person, details=told)
    file = list_response(order.terms.form, "cases", cases.heading(), rows)
    return Made(file.content, order.terms.form, len(rows))


SOURCES: dict[str, Source] = {
    each.name: each
    for each in (
        Source("members", _("党员名册"), "member.export", _members, can_be_whole=True),
        Source("units", _("党组织"), "unit.view", _units),
        Source("cases", _("发展党员档案"), "development.view", _cases),
    )
}
