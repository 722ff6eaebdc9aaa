"""What about a membership calls for people to look. A flag is never a verdict and changes nothing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.membership import (
    contact_abroad_by,
    correction_ends,
    floating_since,
    graduate_relation_kept_until,
    inactivity_flag,
    lost_contact_flag,
    removal_considered,
    transfer_expected,
)
from rules.rule import Rule
from rules.rulebook import rulebook
from rules.workdays import Deadline


class FlagKind(StrEnum):
    LOST_CONTACT = "lost_contact"
    REMOVAL = "removal"
    NO_ORGANISATION_LIFE = "no_organisation_life"
    NO_DUES = "no_dues"
    NO_ASSIGNED_WORK = "no_assigned_work"
    TRANSFER = "transfer"
    FLOATING = "floating"
    GRADUATE = "graduate"
    ABROAD = "abroad"
    CORRECTION = "correction"

    @property
    def text(self) -> str:
        return _WORDS[self][0]

    @property
    def text_en(self) -> str:
        return _WORDS[self][1]


_WORDS: dict[FlagKind, tuple[str, str]] = {
    FlagKind.LOST_CONTACT: (
        "失去联系已满6个月，请党组织继续查找并研究。",
        "Out of contact for six months: for the organisation to search on and consider.",
    ),
    FlagKind.REMOVAL: (
        "停止党籍已满2年，请党组织研究。",
        "Membership stopped two years ago: for the organisation to consider.",
    ),
    FlagKind.NO_ORGANISATION_LIFE: (
        "连续6个月没有参加组织生活的记录，请党组织核实原因。",
        "No organisation life on record for six months: for the organisation to ask why.",
    ),
    FlagKind.NO_DUES: (
        "连续6个月没有交纳党费的记录，请党组织核实原因。",
        "No dues on record for six months: for the organisation to ask why.",
    ),
    FlagKind.NO_ASSIGNED_WORK: (
        "连续6个月没有做党所分配的工作的记录，请党组织核实原因。",
        "No assigned work on record for six months: for the organisation to ask why.",
    ),
    FlagKind.TRANSFER: (
        "外出已满6个月且地点固定，一般应转移组织关系。",
        "Six months away at a fixed place: the relation should generally move.",
    ),
    FlagKind.FLOATING: (
        "外出已满6个月未转移组织关系，按流动党员管理。",
        "Six months away without a transfer: to be looked after as a floating member.",
    ),
    FlagKind.GRADUATE: (
        "毕业后组织关系保留已到期限，请联系转出。",
        "The relation of a graduate has been kept as long as it may: arrange for it to move.",
    ),
    FlagKind.ABROAD: (
        "距上次联系已满半年，请联系出国（境）党员。",
        "Half a year since the last contact: get in touch with the member abroad.",
    ),
    FlagKind.CORRECTION: (
        "限期改正时间已到，请党组织作出结论。",
        "The correction period is over: for the organisation to conclude.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is on record about a member. None: it does not apply, or nobody knows.

    The three `last_` days of activity are the last ones on record; `reported_lost_on` is since when contact is lost.
    `was_excused` says that people found a good reason for the inactivity.
    """

    reported_lost_on: date | None = None
    stopped_on: date | None = None
    last_organisation_life_on: date | None = None
    last_dues_on: date | None = None
    last_assigned_work_on: date | None = None
    was_excused: bool = False
    is_infirm: bool = False
    away_since: date | None = None
    has_fixed_place: bool = False
    graduated_on: date | None = None
    last_contact_abroad_on: date | None = None
    correction_began_on: date | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """`since` is the first day on which it stood."""

    kind: FlagKind
    since: date
    rule: Rule

    @property
    def text(self) -> str:
        return self.kind.text

    @property
    def text_en(self) -> str:
        return self.kind.text_en


def flags(facts: Facts, on: date) -> list[Flag]:
    """Everything that calls for people on that day, longest standing first."""
    found = [Flag(kind, deadline.day, deadline.rule) for kind, deadline in _deadlines(facts) if on >= deadline.day]
    return sorted(found, key=lambda flag: flag.since)


def lost_contact_reasons() -> tuple[str, ...]:
    """The reasons a register offers, in their order."""
    reasons: tuple[str, ...] = rulebook().get("membership.lost_contact_reasons").parameters["reasons"]
    return reasons


def _deadlines(facts: Facts) -> list[tuple[FlagKind, Deadline]]:
    found: list[tuple[FlagKind, Deadline]] = []
    if facts.reported_lost_on and not facts.stopped_on:
        found.append((FlagKind.LOST_CONTACT, lost_contact_flag(facts.reported_lost_on)))
    if facts.stopped_on:
        found.append((FlagKind.REMOVAL, removal_considered(facts.stopped_on)))
    if not facts.was_excused:
        found += _inactivity(facts)
    if facts.away_since:
        if facts.has_fixed_place:
            found.append((FlagKind.TRANSFER, transfer_expected(facts.away_since)))
        found.append((FlagKind.FLOATING, floating_since(facts.away_since)))
    if facts.graduated_on:
        found.append((FlagKind.GRADUATE, graduate_relation_kept_until(facts.graduated_on)))
    if facts.last_contact_abroad_on:
        found.append((FlagKind.ABROAD, contact_abroad_by(facts.last_contact_abroad_on)))
    if facts.correction_began_on:
        found.append((FlagKind.CORRECTION, correction_ends(facts.correction_began_on)))
    return found


def _inactivity(facts: Facts) -> list[tuple[FlagKind, Deadline]]:
    """Three separate reasons, each enough. No hard requirement to take part binds the infirm."""
    life = None if facts.is_infirm else facts.last_organisation_life_on
    work = None if facts.is_infirm else facts.last_assigned_work_on
    known = (
        (FlagKind.NO_ORGANISATION_LIFE, life),
        (FlagKind.NO_DUES, facts.last_dues_on),
        (FlagKind.NO_ASSIGNED_WORK, work),
    )
    return [(kind, inactivity_flag(day)) for kind, day in known if day]
