"""What the regulations say, as dated and cited data with pure functions beside it.

No Django, no database, no clock: every day a function needs is passed in. See docs/subsystems/rules.md.
"""

from rules.hints import Hint, structure_hints
from rules.kinds import EventKind
from rules.obligation import Obligation, obligations
from rules.periods import Every, Period, periods
from rules.reading import RuleDataError
from rules.rule import Rule, Severity, Tier, Verification, WrongParameter
from rules.rulebook import NotInForce, Rulebook, UnknownRule, get, holds, in_force, rulebook, version, versions
from rules.standing import Event, Finding, State, Tally, assess, satisfied_by, state, tally
from rules.structure import ImpossibleStructure, Structure, UnitType

__all__ = [
    "Event",
    "EventKind",
    "Every",
    "Finding",
    "Hint",
    "ImpossibleStructure",
    "NotInForce",
    "Obligation",
    "Period",
    "Rule",
    "RuleDataError",
    "Rulebook",
    "Severity",
    "State",
    "Structure",
    "Tally",
    "Tier",
    "UnitType",
    "UnknownRule",
    "Verification",
    "WrongParameter",
    "assess",
    "get",
    "holds",
    "in_force",
    "obligations",
    "periods",
    "rulebook",
    "satisfied_by",
    "state",
    "structure_hints",
    "tally",
    "version",
    "versions",
]
