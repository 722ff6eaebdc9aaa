"""Set up what a list of units names and the tree does not have yet, and write down what it says otherwise."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.codes import UNIT_SITUATIONS
from shared.refusals import Refusal
from shared.spreadsheets.dates import BadDate, read_date
from workspace.accounts.models import User
from workspace.organization.actions.changing import change
from workspace.organization.actions.creation import create
from workspace.organization.facts import NAMES, Facts, label_of, region_of, shown
from workspace.organization.listed.knowing import Known
from workspace.organization.listed.lines import Line
from workspace.organization.models import Unit, UnitQuerySet
from workspace.organization.standing import NO_BASIS, Basis


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    THERE = "there"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Difference:
    """A column of a unit, as people read it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line; `note` is the unit above, or what is wrong. `unit` and `was` serve undoing."""

    line: Line
    verdict: Verdict
    note: str
    differences: tuple[Difference, ...] = ()
    unit: Unit | None = None
    was: Facts | None = None


class OtherThanShown(Refusal):
    message = gettext_lazy("试算之后组织树有了变化，这份名单的结果和您看到的不一样了。请再看一遍，然后确认。")


@transaction.atomic
def set_up_listed(
    lines: Sequence[Line], *, under: Unit, reach: UnitQuerySet, by: User, basis: Basis = NO_BASIS, shown: str = ""
) -> list[Outcome]:
    """Create every missing unit, parents before children whatever the order of the lines, and change what a line says
    otherwise; an empty cell erases nothing, and nobody is moved.

    A line without a parent stands under `under`. Units are looked for within `reach`, what the person may change.
    `shown` is the `digest` of what the person agreed to; raises OtherThanShown when it would come out otherwise.
    """
    list(Unit.objects.filter(depth=1).select_for_update(of=("self",)))  # nobody else changes the tree meanwhile
    work = _Work(Known(reach), under, by, basis)
    outcomes: dict[int, Outcome] = {}
    waiting = sorted(lines, key=lambda line: line.place)
    while waiting:
        later = [line for line in waiting if not work.settle(line, outcomes)]
        if len(later) == len(waiting):
            for line in later:
                note = _("找不到上级“{name}”，或者有几个同名的上级。").format(name=line.parent)
                outcomes[line.number] = Outcome(line, Verdict.PROBLEM, note)
            break
        waiting = later
    made = [outcomes[line.number] for line in lines]
    if shown and digest(made) != shown:
        raise OtherThanShown
    return made


def rehearse(lines: Sequence[Line], *, under: Unit, reach: UnitQuerySet, by: User) -> list[Outcome]:
    """What `set_up_listed` would do, by doing it and undoing it: the same rules, and nothing stays."""
    with transaction.atomic():
        outcomes = set_up_listed(lines, under=under, reach=reach, by=by)
        transaction.set_rollback(True)
    return outcomes


def digest(outcomes: Sequence[Outcome]) -> str:
    """Sixteen hex digits of what is said of every line: of two lists the same when both do the same."""
    # Not the number: what was a row of a file is a line of text when it is sent again.
    said = [(asdict(replace(each.line, number=0)), each.verdict, each.note, each.differences) for each in outcomes]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _Work:
    known: Known
    under: Unit
    by: User
    basis: Basis

    def settle(self, line: Line, outcomes: dict[int, Outcome]) -> bool:
        """False when the parent is not there yet."""
        unit = self.known.of(line, self.under)
        parent = self.known.named(line.parent) if line.parent else self.under
        if unit is None and parent is None:
            return False
        try:
            outcomes[line.number] = self._same(line, unit, parent) if unit else self._new(line, parent or self.under)
        except Refusal as refusal:
            outcomes[line.number] = Outcome(line, Verdict.PROBLEM, str(refusal))
        except _Unfit as unfit:
            outcomes[line.number] = Outcome(line, Verdict.PROBLEM, str(unfit))
        return True

    def _new(self, line: Line, parent: Unit) -> Outcome:
        facts = Facts(**{"type": str(_kind(line)), **_said(line)})
        unit = create(parent, facts, by=self.by, basis=self.basis)
        self.known.put(unit)
        return Outcome(line, Verdict.NEW, str(parent), unit=unit)

    def _same(self, line: Line, unit: Unit, parent: Unit | None) -> Outcome:
        above = self.known.above(unit)
        if line.parent and (parent is None or above is None or parent.pk != above.pk):
            note = _("它现在的上级是“{above}”。名单不改变上级：请在组织页面的“调整位置”中办理。")
            raise _Unfit(note.format(above=above or _("您管理范围以外的组织")))
        was = Facts.of(unit)
        facts = replace(was, **_said(line))
        differing = [name for name in NAMES if getattr(was, name) != getattr(facts, name)]
        if not differing:
            return Outcome(line, Verdict.THERE, str(above or ""), unit=unit)
        changed = change(unit, facts, by=self.by, basis=self.basis)
        self.known.put(changed)
        differences = tuple(_difference(name, was, facts) for name in differing)
        return Outcome(line, Verdict.CHANGED, str(above or ""), differences, changed, was)


class _Unfit(ValueError):
    """A line that no verb could be asked to carry out; its text is for people."""


def _kind(line: Line) -> Unit.Type:
    if line.kind is None:
        raise _Unfit(_("不认识的组织类别“{type}”。").format(type=line.type))
    return line.kind


def _said(line: Line) -> dict[str, Any]:
    """The facts that the line speaks of. Raises _Unfit."""
    values: dict[str, Any] = {name: getattr(line, name, "") for name in NAMES if name != "type"}
    values = {name: _READ.get(name, partial(_text, name))(value) for name, value in values.items() if value}
    if line.type:
        values["type"] = str(_kind(line))
    return values


def _text(name: str, value: str) -> str:
    most = Unit._meta.get_field(name).max_length
    if most and len(value) > most:
        raise _Unfit(_("{label}太长：最多 {most} 个字。").format(label=label_of(name), most=most))
    return value


def _day(text: str) -> date:
    try:
        read = read_date(text)
    except BadDate as bad:
        raise _Unfit(_("看不懂日期“{text}”。请写成 2020-07-01 这样。").format(text=text)) from bad
    if not read.whole:
        raise _Unfit(_("日期“{text}”没有写到日。请写成 2020-07-01 这样。").format(text=text))
    return read.day


def _situation(text: str) -> str:
    found = UNIT_SITUATIONS.find(text)
    if found is None:
        known = "、".join(each.zh for each in UNIT_SITUATIONS)
        raise _Unfit(_("不认识的所在单位情况“{text}”。可以写：{known}。").format(text=text, known=known))
    return found.code


# What is not text.
_READ: dict[str, Callable[[str], Any]] = {
    "established_on": _day,
    "elected_on": _day,
    "situation": _situation,
    "region": region_of,
}


def _difference(name: str, was: Facts, now: Facts) -> Difference:
    before, after = (shown(name, getattr(facts, name)) or _("空") for facts in (was, now))
    return Difference(label_of(name), before, after)
