"""What a statistics table is made of: pages, workbooks and programs only read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from shared.charts import Chart, bar, donut
from workspace.statistics.reach import OWN, Line

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Column:
    """`sign` is 1 or -1 in a column of the reconciliation that adds or takes away, else 0. `opens` says that its
    figures are people."""

    key: str
    label: Text
    sign: int = 0
    opens: bool = True


@dataclass(frozen=True)
class Row:
    line: Line
    values: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows add up to `total`, always. `before` is the total at the earlier day, where there is one to compare with."""

    name: str
    title: Text
    columns: Sequence[Column]
    rows: Sequence[Row]
    before: Sequence[int] | None = None
    note: Text = ""
    chart_of: str = ""
    charted: Sequence[str] = field(default_factory=tuple)

    @property
    def total(self) -> list[int]:
        return [sum(row.values[at] for row in self.rows) for at in range(len(self.columns))]

    @property
    def growth(self) -> list[int] | None:
        """How much each total grew since the earlier day."""
        if self.before is None:
            return None
        return [now - then for now, then in zip(self.total, self.before, strict=True)]

    @property
    def chart(self) -> Chart | None:
        """The total as a picture; none where there is nobody."""
        shown = [
            (column.label, value)
            for column, value in zip(self.columns, self.total, strict=True)
            if column.key in self.charted
        ]
        if not any(value for _label, value in shown):
            return None
        if self.chart_of == "donut":
            return donut([(label, value) for label, value in shown if value], title=self.title)
        return bar(shown, title=self.title)

    def has(self, column: str) -> bool:
        return any(one.key == column for one in self.columns)


def table(
    lines: Sequence[Line],
    columns: Sequence[Column],
    counts: Mapping[str, Mapping[str, int]],
    *,
    name: str,
    title: Text,
    before: Callable[[str], int] | None = None,
    note: Text = "",
    chart_of: str = "",
    charted: Sequence[str] = (),
) -> Table:
    """`counts` by column and row. The unit's own row is left out where nothing stands on it."""
    found = [Row(line, [counts[column.key].get(line.key, 0) for column in columns]) for line in lines]
    rows = [row for row in found if row.line.key != OWN or any(row.values) or len(found) == 1]
    return Table(
        name=name,
        title=title,
        columns=columns,
        rows=rows,
        before=[before(column.key) for column in columns] if before else None,
        note=note,
        chart_of=chart_of,
        charted=charted,
    )
