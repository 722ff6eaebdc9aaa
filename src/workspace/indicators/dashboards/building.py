"""Words the six share when they put a dashboard together."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from shared import charts
from shared.charts import Chart
from workspace.activities.models import Obligation
from workspace.indicators import links
from workspace.indicators.columns import columns
from workspace.indicators.reach import Reach
from workspace.indicators.shares import Share, Shares, mean
from workspace.indicators.spans import month_label
from workspace.indicators.values import Attention, Breakdown, Missing, Number, Row, Text
from workspace.organization.models import Unit

MOST_ATTENTION = 8

# What names an obligation and its unit, for every list of overdue ones.
OVERDUE_READS = columns(
    {
        "activities_obligation": "id unit_id rule_code rule_key kinds period period_start period_end due needed state",
        "organization_unit": "id name short_name path depth",
    }
)

Input = Shares | Missing


def share(
    reach: Reach,
    key: str,
    label: Text,
    found: Input,
    *,
    records: str = "",
    target: float | None = None,
    before: Shares | None = None,
) -> Number:
    """A rate with what it was counted from, or the place of one whose input is missing."""
    if isinstance(found, Missing):
        return Number(key=key, label=label, value=None, missing=found)
    whole = reach.whole(found)
    return Number(
        key=key,
        label=label,
        value=whole.rate,
        target=target,
        before=reach.whole(before).rate if before is not None else None,
        basis=basis(whole),
        records=records,
    )


def basis(whole: Share) -> str:
    """12.5 / 14, or that there is too little."""
    part = int(whole.part) if whole.part == int(whole.part) else whole.part
    if whole.rate is None and whole.whole:
        return _("{part} / {whole}，不足 3 项不算比例").format(part=part, whole=whole.whole)
    return f"{part} / {whole.whole}" if whole.whole else _("还没有应计的事项")


def breakdown(reach: Reach, columns: Sequence[tuple[Text, Input]]) -> Breakdown | None:
    """A column per share; those whose input is missing are left out."""
    known = [(label, [found]) for label, found in columns if not isinstance(found, Missing)]
    return breakdown_of_rates(reach, known)


def breakdown_of_rates(reach: Reach, columns: Sequence[tuple[Text, Sequence[Shares]]]) -> Breakdown | None:
    """One row per unit of the next level, in tree order, and one for what stands on the unit itself. A cell is the mean
    of the rates of its ingredients. None when there is nothing below."""
    folded = [(label, [reach.folded(found) for found in several]) for label, several in columns]
    if not reach.parts:
        return None

    def row(label: str, pk: int, path: str, *, own: bool = False) -> Row:
        values = [mean(one.get(path, Share()).rate for one in several) for _label, several in folded]
        return Row(label=label, pk=pk, values=values, is_own=own)

    rows = [row(str(part), part.pk, part.path) for part in reach.parts]
    if any(reach.unit.path in one for _label, several in folded for one in several):
        rows.insert(0, row(_("{unit}本级").format(unit=reach.unit), reach.unit.pk, reach.unit.path, own=True))
    return Breakdown(columns=[(label, "%") for label, _several in folded], rows=rows)


def mixed_breakdown(
    reach: Reach,
    *,
    counts: Sequence[tuple[Text, Text, Mapping[str, float]]],
    rates: Sequence[tuple[Text, Shares]] = (),
) -> Breakdown | None:
    """Counts (label, unit, by path) added up, then rates. One row per unit of the next level, in tree order."""
    if not reach.parts:
        return None
    added = [(label, unit, reach.added(by_path)) for label, unit, by_path in counts]
    folded = [(label, reach.folded(shares)) for label, shares in rates]

    def row(label: str, pk: int, path: str, *, own: bool = False) -> Row:
        numbers = [by_path.get(path, 0) for _label, _unit, by_path in added]
        shares = [by_path.get(path, Share()).rate for _label, by_path in folded]
        return Row(label=label, pk=pk, values=[*numbers, *shares], is_own=own)

    rows = [row(str(part), part.pk, part.path) for part in reach.parts]
    rows.insert(0, row(_("{unit}本级").format(unit=reach.unit), reach.unit.pk, reach.unit.path, own=True))
    columns = [*((label, unit) for label, unit, _found in added), *((label, "%") for label, _found in folded)]
    return Breakdown(columns=columns, rows=rows)


def mean_breakdown(reach: Reach, columns: Sequence[tuple[Text, Text, Mapping[str, float]]]) -> Breakdown | None:
    """For figures that are averaged over branches and not added up: (label, unit, by path of the branch)."""
    if not reach.parts:
        return None

    def below(part: Unit, by_path: Mapping[str, float]) -> float | None:
        return mean(value for path, value in by_path.items() if path.startswith(part.path))

    rows = [
        Row(label=str(part), pk=part.pk, values=[below(part, by_path) for _label, _unit, by_path in columns])
        for part in reach.parts
    ]
    return Breakdown(columns=[(label, unit) for label, unit, _found in columns], rows=rows)


def trend(title: str, series: Mapping[str, Mapping[date, Share]], *, target: float | None = None) -> Chart:
    """Percent by month; a month with too little is a gap."""
    months = list(next(iter(series.values())))
    values = {name: [_percent(by_month[month].rate) for month in months] for name, by_month in series.items()}
    return charts.trend([month_label(month) for month in months], values, title=title, unit="%", target=target, top=100)


def _percent(rate: float | None) -> float | None:
    return None if rate is None else round(rate * 100)


def overdue(rows: Collection[Obligation]) -> list[Attention]:
    """Obligations after their due day, each with the page where it is planned, recorded or excused."""
    return [
        Attention(
            text=_("{what}，应于 {due} 前完成").format(what=row.label, due=row.due.isoformat()),
            place=str(row.unit),
            url=links.obligations(row.unit, row.period_start.year),
            act=_("去补开或登记"),
        )
        for row in rows
    ]


def missing(*inputs: object) -> list[Missing]:
    return [found for found in inputs if isinstance(found, Missing)]
