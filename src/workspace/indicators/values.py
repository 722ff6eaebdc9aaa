"""What a dashboard is made of. Every one of the six fills the same shape; pages, sheets and the API only read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import rules
from shared.charts import Chart
from workspace.indicators.reach import Reach

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Missing:
    """An input nobody has recorded yet: never a made-up number, but what would fill it and where it comes from."""

    what: Text
    filled_by: Text


@dataclass(frozen=True, kw_only=True)
class Number:
    """One figure. `value` is a share from 0 to 1 when `unit` is %, else a count; None is not known.

    `basis` says in words what it was counted from; `records` names the list behind it (empty: no list yet).
    `target` is in the same terms as `value`; `before` is the value of the span before.
    """

    key: str
    label: Text
    value: float | None
    unit: Text = "%"
    target: float | None = None
    before: float | None = None
    basis: Text = ""
    records: str = ""
    missing: Missing | None = None

    @property
    def shown(self) -> float | int | None:
        """As people read it: whole percents, whole counts, other figures to one decimal."""
        return shown(self.value, self.unit)

    @property
    def shown_target(self) -> float | int | None:
        return shown(self.target, self.unit)

    @property
    def note(self) -> str:
        """What it was counted from, and how it stood a span before."""
        parts = [str(self.basis)] if self.basis else []
        if self.before is not None:
            parts.append(_("上期 {value}{unit}").format(value=shown(self.before, self.unit), unit=self.unit))
        return " · ".join(parts)

    @property
    def is_reached(self) -> bool:
        return self.value is not None and self.target is not None and self.value >= self.target

    @property
    def level(self) -> str:
        """For the badge: good or late against a target, nothing without one."""
        if self.value is None or self.target is None:
            return ""
        return "good" if self.is_reached else "late"


def shown(value: float | None, unit: Text) -> float | int | None:
    if value is None:
        return None
    if unit == "%":
        # never rounds up to a hundred what is not whole
        return min(round(value * 100), 99) if value < 1 else round(value * 100)
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded


@dataclass(frozen=True, kw_only=True)
class Attention:
    """Something to look at, with a page where it can be acted on."""

    text: str
    place: str
    url: str
    act: Text
    late: bool = True


@dataclass(frozen=True, kw_only=True)
class Row:
    """One unit of the breakdown. `values` follow the columns; a share is from 0 to 1."""

    label: str
    pk: int
    values: Sequence[float | None]
    is_own: bool = False


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """By the next level down, in tree order. Rows are never sorted by a value: this is no ranking."""

    columns: Sequence[tuple[Text, Text]]  # (label, unit)
    rows: Sequence[Row]


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """How one figure is computed: in words, by which rules, and who stands outside."""

    label: Text
    words: Text
    codes: Sequence[str] = ()
    outside: Text = ""

    @property
    def rules(self) -> list["Cited"]:
        return [Cited(rules.get(code)) for code in self.codes]


@dataclass(frozen=True)
class Cited:
    """A rule as a reader sees it."""

    rule: rules.Rule

    @property
    def summary(self) -> str:
        return self.rule.summary_en if (get_language() or "").startswith("en") else self.rule.summary

    @property
    def citation(self) -> str:
        return self.rule.citation

    @property
    def mark(self) -> str:
        return self.rule.verification.value

    @property
    def badge(self) -> str:
        return _("待核实") if self.rule.needs_verification else _("核实等级 {mark}").format(mark=self.mark)

    @property
    def level(self) -> str:
        return "late" if self.rule.needs_verification else "info"


@dataclass(frozen=True, kw_only=True)
class Card:
    """A thing shown for itself (a project): title, facts in words, and how far it got."""

    title: str
    facts: Sequence[tuple[Text, str]]
    share: float | None = None
    url: str = ""


@dataclass(frozen=True)
class Brief:
    """What the overview says of one of the six: a sentence (level good, late or empty) and a number."""

    verdict: str
    level: str
    main: Number


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """One of the six, for one reach; `numbers` are those beside the main one."""

    kind: "Kind"
    reach: Reach
    brief: Brief
    numbers: Sequence[Number] = ()
    band: tuple[float, float] | None = None  # the middle half of like units, for `main`
    trend: Chart | None = None
    charts: Sequence[Chart] = ()
    attention: Sequence[Attention] = ()
    suggestions: Sequence[Attention] = ()
    breakdown: Breakdown | None = None
    cards: Sequence[Card] = ()
    missing: Sequence[Missing] = ()

    @property
    def main(self) -> Number:
        return self.brief.main

    @property
    def band_low(self) -> int | None:
        return round(self.band[0] * 100) if self.band else None

    @property
    def band_high(self) -> int | None:
        return round(self.band[1] * 100) if self.band else None

    @property
    def all_numbers(self) -> list[Number]:
        return [self.main, *self.numbers]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One of the six before it is built. `reads` are the columns its formulas read (`table.column`): declared here, and
    a test compares them with what the database was asked for. `records` maps the names that figures give to the lists
    behind them (`records.Source`)."""

    name: str
    title: Text
    question: Text
    icon: str
    brief: Callable[[Reach], Brief]
    fill: Callable[[Reach, Brief], Mapping[str, Any]]
    explanations: Sequence[Explanation]
    reads: frozenset[str]
    records: Mapping[str, Any] = field(default_factory=dict)

    def build(self, reach: Reach) -> Dashboard:
        """The whole dashboard."""
        brief = self.brief(reach)
        return Dashboard(kind=self, reach=reach, brief=brief, **self.fill(reach, brief))
