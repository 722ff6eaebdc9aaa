"""A rule in the reader's language."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import rules
from rules import conditions
from rules.rule import Verification
from rules.uses import Use, uses_of
from rules.wording import figures
from workspace.regulations.queries import Standing, standing

_LEVELS = {Verification.A: "good", Verification.B: "info", Verification.C: "late"}


def is_english() -> bool:
    return (get_language() or "").startswith("en")


@dataclass(frozen=True)
class Place:
    """Where a rule is used; `url` is empty where this reader may not go there."""

    label: str
    url: str


@dataclass(frozen=True)
class Shown:
    """One version of a rule for one reader on one day."""

    rule: rules.Rule
    on: date
    request: HttpRequest

    @property
    def summary(self) -> str:
        return self.rule.summary_en if is_english() else self.rule.summary

    @cached_property
    def figures(self) -> list[str]:
        said = [english if is_english() else chinese for chinese, english in figures(self.rule)]
        return [phrase for phrase in said if phrase]

    @property
    def tier(self) -> str:
        return self.rule.tier.label_en if is_english() else self.rule.tier.label

    @property
    def severity(self) -> str:
        return self.rule.severity.label_en if is_english() else self.rule.severity.label

    @property
    def conditions(self) -> list[str]:
        return [conditions.label(name)[is_english()] for name in self.rule.applies_when]

    @property
    def mark(self) -> str:
        """The mark as a badge: a rule that rests on general knowledge says so in words."""
        if self.rule.needs_verification:
            return _("待核实")
        return _("核实等级 {mark}").format(mark=self.rule.verification.value)

    @property
    def mark_in_words(self) -> str:
        mark = self.rule.verification
        return mark.label_en if is_english() else mark.label

    @property
    def level(self) -> str:
        return _LEVELS[self.rule.verification]

    @property
    def standing(self) -> Standing:
        return standing(self.rule, self.on)

    @property
    def days(self) -> str:
        """自2026-05-11起, or from one day to another."""
        if self.rule.effective_to is None:
            return _("自 {first} 起").format(first=self.rule.effective_from.isoformat())
        first, last = self.rule.effective_from.isoformat(), self.rule.effective_to.isoformat()
        return _("{first} 至 {last}").format(first=first, last=last)

    @cached_property
    def places(self) -> list[Place]:
        return [place_of(use, self.request) for use in uses_of(self.rule.code)]

    @property
    def url(self) -> str:
        """Its own page, on the day asked about, or on its first day where it was not in force then."""
        day = self.on if self.standing is Standing.IN_FORCE else self.rule.effective_from
        return f"{reverse('regulations:rule', args=[self.rule.code])}?on={day.isoformat()}"


def place_of(use: Use, request: HttpRequest) -> Place:
    may = getattr(request, "may", None)
    is_open = bool(use.url_name) and (not use.needs or bool(may and may(use.needs)))
    return Place(label_of(use), reverse(use.url_name) if is_open else "")


def label_of(use: Use) -> str:
    return use.label_en if is_english() else use.label
