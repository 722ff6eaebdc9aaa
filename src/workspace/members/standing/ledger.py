"""A member's events, taken in order, as facts that change from day to day.

The registration is what the register took over: it speaks for all days before it too, as far as its dates allow, and
every other event amends it from its own day on. A correction says that what stood last was wrong from the beginning.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shared.codes.people import ACTIVIST, APPLICANT, DEVELOPMENT_OBJECT, FULL, MEMBERS, PROBATIONARY
from workspace.members.models.event import Event
from workspace.members.models.member import Member
from workspace.members.standing.standing import Standing
from workspace.members.standing.steps import Steps

Kind = Event.Kind
Leaving = Member.Leaving
CANDIDATES: dict[str, str] = {
    Kind.APPLIED: APPLICANT,
    Kind.ACTIVIST: ACTIVIST,
    Kind.DEVELOPMENT_OBJECT: DEVELOPMENT_OBJECT,
}
_RANK = {"": 0, APPLICANT: 1, ACTIVIST: 2, DEVELOPMENT_OBJECT: 3, PROBATIONARY: 4, FULL: 5}

# What stands before a first arrival by transfer: present nowhere here, and never left.
ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Gone:
    """Off the register: since when and why."""

    on: date
    why: str
    note: str


@dataclass(slots=True)
class Ledger:
    registered_on: date | None = None
    category: Steps = field(default_factory=lambda: Steps(""))
    candidature: Steps = field(default_factory=lambda: Steps(""))
    joined_on: Steps = field(default_factory=Steps)
    converted_on: Steps = field(default_factory=Steps)
    probation_extension: Steps = field(default_factory=Steps)
    is_floating: Steps = field(default_factory=lambda: Steps(False))
    is_lost_contact: Steps = field(default_factory=lambda: Steps(False))
    gone: Steps = field(default_factory=Steps)
    unit_id: Steps = field(default_factory=Steps)
    discipline: Steps = field(default_factory=Steps)

    def take(self, event: Event) -> None:
        """The next event in order (`standing.order`)."""
        if event.kind == Kind.REGISTERED:
            self._registered(event)
        elif event.kind in CANDIDATES:
            self._candidate(event, CANDIDATES[event.kind])
        elif event.kind == Kind.CORRECTED:
            for name, (_old, new) in event.details.get("fields", {}).items():
                getattr(self, name).amend(_value(name, new))
        elif event.kind in LEAVING:
            why = LEAVING[event.kind] or event.details.get("left_for") or Leaving.OTHER
            self.gone.set(event.on, Gone(event.on, str(why), event.basis))
        elif event.kind in _OTHERS:
            _OTHERS[event.kind](self, event)

    def _registered(self, event: Event) -> None:
        said = event.details
        self.registered_on = event.on
        self.category.first = said.get("category", "")
        for name in ("joined_on", "converted_on", "probation_extension"):
            getattr(self, name).first = _value(name, said.get(name))
        self.is_floating.first = bool(said.get("is_floating"))
        self.is_lost_contact.first = bool(said.get("is_lost_contact"))
        self.unit_id.first = event.unit_id

    def _candidate(self, event: Event, category: str) -> None:
        self.candidature.set(event.on, category)
        if isinstance(self.gone.last, Gone):  # somebody who left begins again
            self.gone.set(event.on, None)
            self.category.set(event.on, category)
            for name in (self.joined_on, self.converted_on, self.probation_extension):
                name.set(event.on, None)
        elif _RANK[category] > _RANK[self.category.last]:
            self.category.set(event.on, category)

    def standing(self, on: date) -> Standing:
        """As it was on that day, with what is known now."""
        category, joined, converted = (each.on(on) for each in (self.category, self.joined_on, self.converted_on))
        category, joined, converted = self._rolled_back(on, category, joined, converted)
        gone = self.gone.on(on)
        left = gone if isinstance(gone, Gone) else None
        punished = self.discipline.on(on) or ("", None)
        return Standing(
            category=category,
            joined_on=joined,
            converted_on=converted,
            probation_extension=self.probation_extension.on(on),
            is_floating=self.is_floating.on(on),
            is_lost_contact=self.is_lost_contact.on(on),
            is_present=gone is None and bool(category),
            left_on=left.on if left else None,
            left_for=left.why if left else "",
            left_note=left.note if left else "",
            unit_id=self.unit_id.on(on),
            punishment=punished[0],
            punished_until=punished[1],
        )

    def _rolled_back(
        self, on: date, category: str, joined: date | None, converted: date | None
    ) -> tuple[str, date | None, date | None]:
        """What the registration took over, on a day before: its dates are believed; what was before is looked up."""
        found = as_the_dates_say(category, joined, converted, on)
        if category in MEMBERS:
            return found if found[0] else (self.candidature.on(on), None, None)
        if category and self.registered_on and on < self.registered_on:
            return self.candidature.on(on), joined, converted
        return found


def as_the_dates_say(
    category: str, joined: date | None, converted: date | None, on: date
) -> tuple[str, date | None, date | None]:
    """A membership on a day before its last step: on probation until converted, none before joining."""
    if category in MEMBERS and joined and joined > on:
        return "", None, None
    if category == FULL and converted and converted > on:
        return PROBATIONARY, joined, None
    return category, joined, converted


def _admitted(ledger: Ledger, event: Event) -> None:
    ledger.category.set(event.on, PROBATIONARY)
    ledger.joined_on.set(event.on, event.on)
    ledger.converted_on.set(event.on, None)
    ledger.probation_extension.set(event.on, None)


def _converted(ledger: Ledger, event: Event) -> None:
    ledger.category.set(event.on, FULL)
    ledger.converted_on.set(event.on, event.on)


def _extended(ledger: Ledger, event: Event) -> None:
    ledger.probation_extension.set(event.on, event.details.get("months"))


def _arrived(ledger: Ledger, event: Event) -> None:
    if not ledger.gone.changes:
        ledger.gone.first = ELSEWHERE
    ledger.gone.set(event.on, None)
    ledger.unit_id.set(event.on, event.unit_id)
    if ledger.is_floating.last:
        ledger.is_floating.set(event.on, False)
    if ledger.is_lost_contact.last:
        ledger.is_lost_contact.set(event.on, False)


def _disciplined(ledger: Ledger, event: Event) -> None:
    ledger.discipline.set(event.on, (event.details["punishment"], _value("until_on", event.details.get("until"))))


# Kinds that take somebody off the register; None: the event says why.
LEAVING: dict[str, Any] = {
    Kind.CANCELLED: Leaving.ENDED,
    Kind.REMOVED: Leaving.ENDED,
    Kind.TRANSFERRED_OUT: Leaving.TRANSFERRED,
    Kind.DIED: Leaving.DECEASED,
    Kind.LEFT_OTHERWISE: None,
}
_OTHERS: dict[str, Any] = {
    Kind.ADMITTED: _admitted,
    Kind.CONVERTED: _converted,
    Kind.EXTENDED: _extended,
    Kind.TRANSFERRED_IN: _arrived,
    Kind.RETURNED: lambda ledger, event: ledger.gone.set(event.on, None),
    Kind.MOVED: lambda ledger, event: ledger.unit_id.set(event.on, event.unit_id),
    Kind.FLOATING_OUT: lambda ledger, event: ledger.is_floating.set(event.on, True),
    Kind.FLOATING_IN: lambda ledger, event: ledger.is_floating.set(event.on, False),
    Kind.LOST_CONTACT: lambda ledger, event: ledger.is_lost_contact.set(event.on, True),
    Kind.FOUND: lambda ledger, event: ledger.is_lost_contact.set(event.on, False),
    Kind.DISCIPLINED: _disciplined,
    Kind.DISCIPLINE_ENDED: lambda ledger, event: ledger.discipline.set(event.on, None),
}


def _value(name: str, stored: Any) -> Any:
    return date.fromisoformat(stored) if stored and name.endswith("_on") else stored
