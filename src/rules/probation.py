"""Probation of a new member (预备期), counted from the general meeting that admitted."""

from datetime import date

from rules.rule import Rule
from rules.rulebook import rulebook
from rules.workdays import add_months


def probation_ends(joined_on: date, *, extension: int | None = None) -> date:
    """The day on which it is over; `extension` in months, where it was extended."""
    return add_months(joined_on, _rule("admission.probation", joined_on).integer("months") + (extension or 0))


def extension_months(joined_on: date) -> range:
    """For how many months it may be extended, once."""
    rule = _rule("admission.extension", joined_on)
    return range(rule.integer("minimum_months"), rule.integer("maximum_months") + 1)


def _rule(code: str, joined_on: date) -> Rule:
    """In the text of that day; the oldest text held here for those before."""
    book = rulebook()
    return book.get(code, on=max(joined_on, book.versions(code)[0].effective_from))
