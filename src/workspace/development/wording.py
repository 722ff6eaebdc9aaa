"""What the rules say, in the reader's language."""

from datetime import date
from typing import Protocol

from django.utils.translation import get_language

from rules import Rule
from rules.cases import Remark


class Labelled(Protocol):
    """A step, a stage, a state, an outcome, a paper."""

    @property
    def label(self) -> str: ...
    @property
    def label_en(self) -> str: ...


def is_english() -> bool:
    return (get_language() or "").startswith("en")


def said(thing: Labelled) -> str:
    return thing.label_en if is_english() else thing.label


def summary(rule: Rule) -> str:
    return rule.summary_en if is_english() else rule.summary


def remark(found: Remark) -> str:
    """What is odd, with the article that says so."""
    text = found.text_en if is_english() else found.text
    if found.rule is None:
        return text
    return f"{text} ({found.rule.citation})" if is_english() else f"{text}（{found.rule.citation}）"


def day(on: date | None) -> str:
    return on.isoformat() if on else ""
