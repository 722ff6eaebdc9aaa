"""A year of the demo's dues: everybody assessed, most paid in time, a few behind."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from rules import dues
from rules.workdays import add_months
from workspace.accounts.models import User
from workspace.dues.models import Basis, Payment
from workspace.members.models import Member

MONTHS_BACK = 12
WAGES = (3800, 4600, 5200, 6800, 7500, 8800, 9600, 11500, 14800)
_RAISED = 0.08
_BEHIND = 0.035  # of the members, who leave the newest months open
_FORGOT = 0.004  # of the single months


def collect(*, by: User, on: date, seed: int = 23) -> None:
    """Assess every member and write the payments up to the day."""
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose, and no secret
    bases: list[Basis] = []
    payments: list[Payment] = []
    for member in Member.objects.present().filter(category__in=Member.MEMBERS).order_by("pk"):
        own = _bases(member, rng, on, by)
        bases.extend(own)
        payments.extend(_payments(member, own, rng, on, by))
    Basis.objects.bulk_create(bases, batch_size=2000)
    Payment.objects.bulk_create(payments, batch_size=2000)


def _bases(member: Member, rng: random.Random, on: date, by: User) -> list[Basis]:
    since = add_months(on.replace(day=1), -MONTHS_BACK)
    if member.joined_on:
        since = max(since, dues.first_month(member.joined_on))
    payer = dues.Payer.RETIRED if member.job == "退休" else dues.Payer.WAGE
    wage = Decimal(rng.choice(WAGES))
    first = _basis(member, payer, wage, since, by)
    raised = add_months(on.replace(day=1), -4)
    if rng.random() > _RAISED or raised <= since:
        return [first]
    first.until = raised
    return [first, _basis(member, payer, wage + 900, raised, by)]


def _basis(member: Member, payer: dues.Payer, wage: Decimal, since: date, by: User) -> Basis:
    found = dues.monthly(payer, wage, on=since)
    return Basis(member=member, payer=payer.value, monthly=found.amount, rate=found.rate, since=since, by=by)


def _payments(member: Member, bases: list[Basis], rng: random.Random, on: date, by: User) -> Iterator[Payment]:
    running = on.replace(day=1)
    open_from = add_months(running, -rng.choice((1, 2, 3, 7, 8))) if rng.random() < _BEHIND else None
    month = bases[0].since
    while month <= running:
        basis = next(basis for basis in reversed(bases) if basis.since <= month)
        paid_on = month + timedelta(days=rng.randrange(2, 27))
        is_open = (open_from is not None and month >= open_from) or rng.random() < _FORGOT
        if not is_open and paid_on <= on:
            method = rng.choices(("cash", "transfer", "entrusted"), (3, 6, 1))[0]
            amount = basis.monthly
            yield Payment(member=member, month=month, amount=amount, paid_on=paid_on, method=method, by=by)
        month = add_months(month, 1)
