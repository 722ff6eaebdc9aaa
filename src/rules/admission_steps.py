"""The 25 steps of developing a member, in five stages, as the official chart numbers them.

The steps are data (`data/charts/admission.toml`); this module gives them their types.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import Any


class AdmissionStage(StrEnum):
    APPLICATION = "application"
    ACTIVIST = "activist"
    DEVELOPMENT_OBJECT = "development_object"
    ADMISSION = "admission"
    CONVERSION = "conversion"

    @property
    def label(self) -> str:
        return _STAGES[self][0]

    @property
    def label_en(self) -> str:
        return _STAGES[self][1]


_STAGES: dict[AdmissionStage, tuple[str, str]] = {
    AdmissionStage.APPLICATION: ("申请入党", "Application"),
    AdmissionStage.ACTIVIST: ("入党积极分子", "Activist"),
    AdmissionStage.DEVELOPMENT_OBJECT: ("发展对象", "Development object"),
    AdmissionStage.ADMISSION: ("接收预备党员", "Admission as probationary member"),
    AdmissionStage.CONVERSION: ("预备党员转正", "Conversion to full member"),
}


class Actor(StrEnum):
    """Who has to act."""

    APPLICANT = "applicant"
    BRANCH = "branch"
    BRANCH_COMMITTEE = "branch_committee"
    GENERAL_MEETING = "general_meeting"
    ABOVE = "above"

    @property
    def label(self) -> str:
        return _ACTORS[self][0]

    @property
    def label_en(self) -> str:
        return _ACTORS[self][1]


_ACTORS: dict[Actor, tuple[str, str]] = {
    Actor.APPLICANT: ("本人", "The person"),
    Actor.BRANCH: ("党支部", "The branch"),
    Actor.BRANCH_COMMITTEE: ("支部委员会（未设的由支部大会）", "The branch committee, or the general meeting"),
    Actor.GENERAL_MEETING: ("支部大会", "The general meeting"),
    Actor.ABOVE: ("上级党委", "The committee above"),
}


@dataclass(frozen=True, slots=True)
class Material:
    """A paper that belongs into the file. `code` is stable and unique over all steps."""

    code: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Clock:
    """Counted from the day of the step `start` with the figure of a rule; `special` is the rule of special cases."""

    start: str
    rule_code: str
    special: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionStep:
    """One step. `rule_codes` begin with the rule to cite; `after` names the steps that come first.

    `due` and `opens` say by when and from when it is done; `repeats` that it is done again and again. `again` steps are
    done once more when probation was extended. `part_of` names the step of the chart this one stands in. A step that a
    workspace added has no rules but a `basis`, its own document, and may name a step `before` which it has to be done.
    """

    number: int
    stage: AdmissionStage
    code: str
    label: str
    label_en: str
    actor: Actor
    rule_codes: tuple[str, ...]
    after: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    due: Clock | None = None
    opens: Clock | None = None
    repeats: Clock | None = None
    may_fail: bool = False
    again: bool = False
    part_of: str = ""
    basis: str = ""
    before: str = ""

    @property
    def rule_code(self) -> str:
        """The rule to cite first; empty for a step of a workspace's own."""
        return self.rule_codes[0] if self.rule_codes else ""


def _steps(rows: Iterable[Mapping[str, Any]]) -> tuple[AdmissionStep, ...]:
    found: list[AdmissionStep] = []
    number = 0
    for row in rows:
        number += "part_of" not in row
        # a part comes before the rest of its step, whose number it shares
        found.append(_step(row, number + ("part_of" in row)))
    return tuple(found)


def _step(row: Mapping[str, Any], number: int) -> AdmissionStep:
    return AdmissionStep(
        number=number,
        stage=AdmissionStage(row["stage"]),
        code=row["code"],
        label=row["label"],
        label_en=row["label_en"],
        actor=Actor(row["actor"]),
        rule_codes=tuple(row["rules"]),
        after=tuple(row.get("after", ())),
        materials=tuple(Material(*words) for words in row.get("materials", ())),
        due=_clock(row.get("due")),
        opens=_clock(row.get("opens")),
        repeats=_clock(row.get("repeats")),
        may_fail=row.get("may_fail", False),
        again=row.get("again", False),
        part_of=row.get("part_of", ""),
    )


def _clock(row: Mapping[str, str] | None) -> Clock | None:
    if row is None:
        return None
    return Clock(row["from"], row["rule"], row.get("special", ""), row.get("until", ""))


def _read() -> tuple[AdmissionStep, ...]:
    file = resources.files("rules") / "data" / "charts" / "admission.toml"
    return _steps(tomllib.loads(file.read_text(encoding="utf-8"))["step"])


# Every step a case can have, parts included, in the order of the chart.
CASE_STEPS: tuple[AdmissionStep, ...] = _read()
ADMISSION_STEPS: tuple[AdmissionStep, ...] = tuple(step for step in CASE_STEPS if not step.part_of)
