"""A member in the official columns: values for exchange, words for reading."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext

from workspace.members.importing.cleaning import Value
from workspace.members.importing.columns import BY_NAME, FIELDS, Field, Kind
from workspace.members.importing.membership import party_age
from workspace.members.models import Member
from workspace.members.queries.masking import MASKS, masked


@dataclass(frozen=True)
class Fact:
    """One column of one member. `hidden` facts are masked and can be asked for."""

    field: str
    label: str
    text: str
    hidden: bool = False


def values_of(member: Member, *, on: date) -> dict[str, Value]:
    """Column → value (codes, dates; the unit by its key). The years in the Party are worked out for `on`."""
    values: dict[str, Value] = {}
    for about in FIELDS:
        if about.name == "unit":
            values["unit"] = str(member.unit_id)
        elif about.name == "party_age":
            values["party_age"] = years_in_party(member, on=on)
        else:
            values[about.name] = getattr(member, about.name)
    return values


def years_in_party(member: Member, *, on: date) -> int | None:
    """党龄: whole years from conversion, corrected by months."""
    return party_age(member.converted_on, correction=member.party_age_correction_months, on=on)


def facts_of(member: Member, *, on: date, open_fields: Iterable[str] = ()) -> Iterator[Fact]:
    """Every column in official order, masked but for `open_fields`."""
    opened, values = set(open_fields), values_of(member, on=on)
    for about in FIELDS:
        hidden = about.name in MASKS and about.name not in opened and bool(values[about.name])
        text = masked(member, about.name) if hidden else say(about, values[about.name], member)
        yield Fact(about.name, label_of(about), text, hidden)


def label_of(about: Field) -> str:
    """The column's name in the reader's language."""
    return about.en if _english() else about.zh


def say(about: Field, value: Value, member: Member | None = None) -> str:
    """A value in the reader's language; empty when there is none."""
    if value is None or value == "":
        return ""
    if about.kind is Kind.UNIT:
        return member.unit.name if member else str(value)
    if about.kind is Kind.BOOLEAN:
        return gettext("是") if value else gettext("否")
    if about.kind is Kind.CODE and about.codes and (entry := about.codes.get(str(value))):
        return entry.label(get_language() or "")
    if isinstance(value, date):
        return value.isoformat()
    if about.name == "party_age_correction_months" and value == 0:
        return ""
    return str(value)


def told(field: str, value: Value) -> str:
    """A value in words, without a member at hand."""
    return say(BY_NAME[field], value)


def _english() -> bool:
    return (get_language() or "").startswith("en")
