"""What a personal file says of dues: months paid, the sum and what is open, year by year."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from workspace.dues.queries.standing import account_of
from workspace.members.file_parts import Part, register
from workspace.members.models import Member


def announce() -> None:
    """Called once, when the application starts."""
    register(
        Part(
            name="dues",
            label=_("党费"),
            verb="dues.view",
            keys=("year", "months", "amount", "open"),
            columns=(_("年度"), _("已交月数"), _("金额（元）"), _("未交月数")),
            rows=_rows,
            order=70,
        )
    )


def _rows(member: Member, on: date) -> list[list[str]]:
    account = account_of(member, today=on)
    months: Counter[int] = Counter(paid.month.year for paid in account.payments)
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for paid in account.payments:
        sums[paid.month.year] += paid.amount
    behind = account.behind.open_months if account.behind else []
    missing: Counter[int] = Counter(month.year for month in behind)
    years = sorted({*months, *missing}, reverse=True)
    return [[str(year), str(months[year]), str(sums[year]), str(missing[year])] for year in years]
