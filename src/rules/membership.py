"""Clocks of a membership after admission. Each says when people should look; none changes a status."""

from datetime import date, timedelta

from rules.rulebook import Rulebook, rulebook
from rules.workdays import Deadline, add_months


def lost_contact_flag(last_contact_on: date) -> Deadline:
    """From this day stopping the membership (停止党籍) may be considered."""
    return _months_after(last_contact_on, "membership.lost_contact")


def removal_considered(stopped_on: date) -> Deadline:
    """From this day, contact still lost, removal may be considered."""
    return _months_after(stopped_on, "membership.removal_after_lost_contact")


def inactivity_flag(last_active_on: date) -> Deadline:
    """Without organisation life, dues or assigned work since `last_active_on`: the day that calls for people."""
    return _months_after(last_active_on, "membership.inactive")


def transfer_expected(away_since: date) -> Deadline:
    """At a fixed place elsewhere until this day: the relation should move."""
    return _months_after(away_since, "membership.transfer_when_away")


def floating_since(away_since: date) -> Deadline:
    """Away until this day without a transfer: a floating member (流动党员) from then on."""
    return _months_after(away_since, "membership.floating")


def correction_ends(began_on: date) -> Deadline:
    """The latest end of a correction period (限期改正)."""
    return _months_after(began_on, "membership.correction")


def graduate_relation_kept_until(graduated_on: date) -> Deadline:
    return _months_after(graduated_on, "membership.graduate")


def contact_abroad_by(last_contact_on: date, *, book: Rulebook | None = None) -> Deadline:
    """The next contact with a member who studies abroad."""
    return _months_after(last_contact_on, "membership.abroad", book)


def letter_expires(issued_on: date, *, days: int | None = None, book: Rulebook | None = None) -> Deadline:
    """The last day a transfer letter is good for. Sources disagree, so the days can be set and the rule is badged."""
    rule = (book or rulebook()).get("membership.transfer_letter")
    return Deadline(issued_on + timedelta(days=rule.integer("days") if days is None else days), rule)


def _months_after(day: date, code: str, book: Rulebook | None = None) -> Deadline:
    rule = (book or rulebook()).get(code)
    return Deadline(add_months(day, rule.integer("months")), rule)
