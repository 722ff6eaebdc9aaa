"""Study hours, and whom no hard requirement binds."""

from collections.abc import Collection
from datetime import date

from rules.kinds import EventKind
from rules.rulebook import rulebook


def study_hours(*, leads: bool = False, is_infirm: bool = False, on: date | None = None) -> int | None:
    """Hours of study owed a year; None for the old, infirm, seriously ill or disabled, who leave the denominator.

    `leads` is for secretaries and committee members, whose figure still has to be verified.
    """
    if is_infirm:
        return None
    return rulebook().get("education.leaders_hours" if leads else "education.study_hours", on=on).integer("hours")


def is_care(kinds: Collection[EventKind]) -> bool:
    """Whether an event brought education to the door of those who cannot come."""
    care = rulebook().get("education.infirm").parameters["care_kinds"]
    return any(kind in care for kind in kinds)
