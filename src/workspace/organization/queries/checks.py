"""Structure checks (结构检查): every unit with a finding, by which rule, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import rules
from shared.workspace import current_workspace
from workspace.accounts.models import User
from workspace.organization.models import Unit
from workspace.organization.notes import Notes, Snooze
from workspace.organization.shapes import shapes
from workspace.organization.visibility import units_where

# The verb that answers a finding: a URL of this app about the unit, and its words.
_MERGE, _SPLIT = ("organization:merging", _("合并")), ("organization:splitting", _("分设"))
_CONVERT, _CLOSE = ("organization:conversion", _("改设")), ("organization:closing", _("撤销"))
_EDIT, _UNIT = ("organization:edit", _("修改")), ("organization:unit", _("登记职务"))
_VERBS = {
    "branch.minimum_members": _MERGE,
    "branch.maximum_members": _SPLIT,
    "branch.joint_units": _SPLIT,
    "branch.committee_required": _UNIT,
    "branch.committee_not_required": _UNIT,
    "branch.committee_smallest": _UNIT,
    "branch.committee_largest": _UNIT,
    "branch.secretary": _UNIT,
    "general_branch.threshold": _CONVERT,
    "committee.threshold": _CONVERT,
    "temporary.review": _CLOSE,
}


@dataclass(frozen=True)
class Checked:
    """One finding of one unit. `snooze` is set while it is put off."""

    unit: Unit
    hint: rules.Hint
    snooze: Snooze | None

    @property
    def text(self) -> str:
        return self.hint.message_en if _english() else self.hint.message

    @property
    def advice(self) -> str:
        return self.hint.advice_en if _english() else self.hint.advice

    @property
    def verb(self) -> tuple[str, str]:
        """The URL name and the word of what to do; findings of a term lead to the day of election."""
        name, word = _VERBS.get(self.hint.code, _EDIT)
        return name, str(word)


def checked(user: User, *, on: date) -> list[Checked]:
    """Everything found in the units this person runs, in tree order, loudest first. Five queries."""
    units = units_where(user, "unit.dashboard").open().filter(is_sample=False).exclude(type=Unit.Type.GROUP)
    return of_units(list(units), on=on)


def of_units(units: list[Unit], *, on: date) -> list[Checked]:
    village = current_workspace().kind == "community"
    known = shapes(units, on=on)
    found: list[Checked] = []
    for unit in units:
        if unit.pk in known:
            notes = Notes.read(unit.notes)
            hints = rules.findings(
                known[unit.pk],
                on=on,
                elected_on=unit.elected_on,
                in_village_or_community=village,
                postponed_to=notes.postponed_to,
            )
            found += [Checked(unit, hint, _asleep(notes, hint, on)) for hint in hints]
    return found


def by_unit(found: Iterable[Checked]) -> list[tuple[Unit, list[Checked]]]:
    """In the order they came."""
    grouped: dict[int, tuple[Unit, list[Checked]]] = {}
    for one in found:
        grouped.setdefault(one.unit.pk, (one.unit, []))[1].append(one)
    return list(grouped.values())


def _asleep(notes: Notes, hint: rules.Hint, on: date) -> Snooze | None:
    snooze = notes.snoozed.get(hint.code)
    return snooze if snooze and on < snooze.until else None


def _english() -> bool:
    return (get_language() or "").startswith("en")
