"""The yearly plan: what each unit may admit, what it did, and who is on the way."""

from dataclasses import dataclass
from datetime import date

from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.development.models import Quota
from workspace.development.queries import figures
from workspace.development.queries.visibility import VIEW
from workspace.organization.models import Unit


@dataclass(frozen=True)
class Line:
    """A unit with all below it; `given` is what its children were given of its plan."""

    unit: Unit
    quota: Quota | None
    admitted: int
    near: int
    given: int
    indent: int

    @property
    def left(self) -> int | None:
        return None if self.quota is None else self.quota.admissions - self.admitted

    @property
    def over(self) -> int:
        """How many more than planned."""
        return max(-(self.left or 0), 0)


FIRST_YEAR = 2014  # of the first text that cases follow


def year_of(text: str, *, on: date) -> int:
    """`2026`; anything else is the running one. The next year may be planned ahead."""
    year = int(text) if text.isdecimal() and len(text) == 4 else 0
    return year if FIRST_YEAR <= year <= on.year + 1 else on.year


def plan_of_year(user: User, year: int) -> list[Line]:
    """Every open unit this person may see, in tree order, party groups left out. Five queries."""
    units = list(units_where(user, VIEW).open().exclude(type=Unit.Type.GROUP).order_by("path"))
    if not units:
        return []
    root = Unit.objects.get(depth=1)
    quotas = {quota.unit_id: quota for quota in Quota.objects.filter(year=year)}
    admitted, near = figures.admitted(root, year), figures.near(root)
    top = min(unit.depth for unit in units)
    return [
        Line(
            unit=unit,
            quota=quotas.get(unit.pk),
            admitted=_below(admitted, unit),
            near=_below(near, unit),
            given=sum(quotas[one.pk].admissions for one in units if one.pk in quotas and one.parent_path == unit.path),
            indent=unit.depth - top,
        )
        for unit in units
    ]


def _below(counts: dict[str, int], unit: Unit) -> int:
    return sum(count for path, count in counts.items() if path.startswith(unit.path))
