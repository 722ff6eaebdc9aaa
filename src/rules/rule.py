"""One sentence of a regulation, with where it stands and how sure we are of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Tier(StrEnum):
    """How binding a rule is, strongest first."""

    STATUTORY = "statutory"
    GUIDANCE = "guidance"
    LOCAL = "local"
    ADVISORY = "advisory"

    @property
    def label(self) -> str:
        return _TIER_LABELS[self]

    @property
    def label_en(self) -> str:
        return _TIER_LABELS_EN[self]


class Severity(StrEnum):
    """How loudly to speak when a rule is not kept."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        return _SEVERITY_LABELS[self]

    @property
    def label_en(self) -> str:
        return _SEVERITY_LABELS_EN[self]


class Verification(StrEnum):
    """A: seen in two independent public texts or in full. B: seen in one. C: general knowledge or contradicted."""

    A = "A"
    B = "B"
    C = "C"

    @property
    def label(self) -> str:
        return {"A": "两处以上互证或见全文", "B": "一处公开文本", "C": "待核实"}[self.value]

    @property
    def label_en(self) -> str:
        return {"A": "Seen in two texts or in full", "B": "Seen in one text", "C": "To be verified"}[self.value]


class Tighter(StrEnum):
    """Which way a workspace may move a figure of a national rule. A figure without a way stays as it is."""

    LOWER = "lower"
    HIGHER = "higher"


_TIER_LABELS = {
    Tier.STATUTORY: "党内法规",
    Tier.GUIDANCE: "指导意见",
    Tier.LOCAL: "地方做法",
    Tier.ADVISORY: "建议",
}
_TIER_LABELS_EN = {
    Tier.STATUTORY: "Regulation",
    Tier.GUIDANCE: "Guidance",
    Tier.LOCAL: "Local practice",
    Tier.ADVISORY: "Advice",
}
_SEVERITY_LABELS = {Severity.ERROR: "须纠正", Severity.WARNING: "需关注", Severity.INFO: "提示"}
_SEVERITY_LABELS_EN = {Severity.ERROR: "To be put right", Severity.WARNING: "Look at it", Severity.INFO: "Remark"}


class WrongParameter(LookupError):
    """A rule was asked for a parameter it does not have, or has in another type."""

    def __init__(self, rule: "Rule", name: str, wanted: str) -> None:
        super().__init__(f"rule {rule.key} has no {wanted} parameter {name!r}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it stood from `effective_from` to `effective_to` (inclusive; None while in force).

    `number` is the document number (文号), empty where the text has none. `applies_when` names conditions that must
    all hold (see `rules.conditions`). `parameters` are the figures the pure functions compute with, and `tighten` says
    which of them a workspace may move, and which way. `local` names the document of the workspace that did so.
    """

    code: str
    document: str
    number: str
    article: str
    summary: str
    summary_en: str
    effective_from: date
    effective_to: date | None
    tier: Tier
    applies_when: tuple[str, ...]
    parameters: Mapping[str, Any]
    severity: Severity
    verification: Verification
    source: str
    tighten: Mapping[str, Tighter] = field(default_factory=lambda: MappingProxyType({}))
    local: str = ""

    @property
    def key(self) -> str:
        """Names this very version; what a case in flight stores, so that it keeps the text it was opened under."""
        return f"{self.code}@{self.effective_from.isoformat()}"

    @property
    def citation(self) -> str:
        """《中国共产党支部工作条例（试行）》第十一条"""
        national = f"《{self.document}》{self.article}"
        return f"{national}；{self.local}" if self.local else national

    @property
    def needs_verification(self) -> bool:
        """True when the rule must be shown with the badge 待核实."""
        return self.verification is Verification.C

    @property
    def badge(self) -> str:
        """「待核实」 where the wording still has to be checked against the official page, else empty."""
        return "待核实" if self.needs_verification else ""

    def is_in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def integer(self, name: str) -> int:
        """The whole-number parameter `name`; raises WrongParameter when there is none."""
        value = self.parameters.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise WrongParameter(self, name, "whole-number")
        return value

    def decimal(self, name: str) -> Decimal:
        """The parameter `name`, kept as text in the data so that no float comes near money."""
        value = self.parameters.get(name)
        if not isinstance(value, str):
            raise WrongParameter(self, name, "decimal")
        return Decimal(value)
