"""What the regulations say, as dated and cited data with pure functions beside it.

No Django, no database, no clock: every day a function needs is passed in. See docs/subsystems/rules.md.
"""

from rules import dues, membership
from rules.admission import AdmissionClocks, Window
from rules.admission_steps import ADMISSION_STEPS, AdmissionStage, AdmissionStep
from rules.appraisal import AppraisalGrade, excellent_cap
from rules.ballots import (
    Ballot,
    ImpossibleCount,
    MorePresentThanEntitled,
    MoreVotesThanPresent,
    MoreWithoutVoteThanMembers,
    NegativeCount,
    NobodyEntitled,
    VoteKind,
    WrittenOpinionsNotCounted,
    entitled_count,
    present_needed,
    yes_needed,
)
from rules.education import is_care, study_hours
from rules.elections import Elected, Term, candidates_needed, count_election, term
from rules.hints import Hint, structure_hints
from rules.kinds import EventKind
from rules.obligation import Obligation, obligations
from rules.periods import Every, Period, periods
from rules.reading import RuleDataError
from rules.rule import Rule, Severity, Tier, Verification, WrongParameter
from rules.rulebook import NotInForce, Rulebook, UnknownRule, get, holds, in_force, rulebook, version, versions
from rules.standing import Event, Finding, State, Tally, assess, satisfied_by, state, tally
from rules.structure import ImpossibleStructure, Structure, UnitType
from rules.workdays import (
    Deadline,
    NothingLoaded,
    OfficialCalendar,
    WorkCalendar,
    add_months,
    age,
    last_working_day,
)

__all__ = [
    "ADMISSION_STEPS",
    "AdmissionClocks",
    "AdmissionStage",
    "AdmissionStep",
    "AppraisalGrade",
    "Ballot",
    "Deadline",
    "Elected",
    "Event",
    "EventKind",
    "Every",
    "Finding",
    "Hint",
    "ImpossibleCount",
    "ImpossibleStructure",
    "MorePresentThanEntitled",
    "MoreVotesThanPresent",
    "MoreWithoutVoteThanMembers",
    "NegativeCount",
    "NobodyEntitled",
    "NotInForce",
    "NothingLoaded",
    "Obligation",
    "OfficialCalendar",
    "Period",
    "Rule",
    "RuleDataError",
    "Rulebook",
    "Severity",
    "State",
    "Structure",
    "Tally",
    "Term",
    "Tier",
    "UnitType",
    "UnknownRule",
    "Verification",
    "VoteKind",
    "Window",
    "WorkCalendar",
    "WrittenOpinionsNotCounted",
    "WrongParameter",
    "add_months",
    "age",
    "assess",
    "candidates_needed",
    "count_election",
    "dues",
    "entitled_count",
    "excellent_cap",
    "get",
    "holds",
    "in_force",
    "is_care",
    "last_working_day",
    "membership",
    "obligations",
    "periods",
    "present_needed",
    "rulebook",
    "satisfied_by",
    "state",
    "structure_hints",
    "study_hours",
    "tally",
    "term",
    "version",
    "versions",
    "yes_needed",
]
