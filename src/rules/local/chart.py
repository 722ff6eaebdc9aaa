"""Checking a whole chart of steps, as somebody drew or imported it, against the national one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules.admission_steps import CASE_STEPS


class ChartFault(StrEnum):
    """What a chart did to a national step."""

    DELETED = "deleted"
    REWRITTEN = "rewritten"
    MOVED = "moved"
    TWICE = "twice"

    @property
    def text(self) -> str:
        return _WORDS[self][0]

    @property
    def text_en(self) -> str:
        return _WORDS[self][1]


_WORDS: dict[ChartFault, tuple[str, str]] = {
    ChartFault.DELETED: (
        "全国性步骤“{label}”不能删除。",
        "The national step {label} cannot be left out.",
    ),
    ChartFault.REWRITTEN: (
        "全国性步骤“{label}”不能改写。",
        "The national step {label} cannot be rewritten.",
    ),
    ChartFault.MOVED: (
        "全国性步骤“{label}”的先后顺序不能改变。",
        "The national step {label} cannot be moved.",
    ),
    ChartFault.TWICE: ("步骤“{label}”重复。", "The step {label} is there twice."),
}


@dataclass(frozen=True, slots=True)
class ProposedStep:
    """One line of a chart: a national code with its national title, or a code of the workspace's own."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class ChartRefusal:
    code: str
    fault: ChartFault
    label: str
    label_en: str

    @property
    def message(self) -> str:
        return self.fault.text.format(label=self.label)

    @property
    def message_en(self) -> str:
        return self.fault.text_en.format(label=self.label_en)


def chart_refusals(proposed: Sequence[ProposedStep]) -> list[ChartRefusal]:
    """What the chart does to national steps that it must not do; steps of its own may stand anywhere between."""
    titles: dict[str, str] = {}
    found: list[ChartRefusal] = []
    for line in proposed:
        if line.code in titles:
            found.append(ChartRefusal(line.code, ChartFault.TWICE, line.label, line.code))
        titles.setdefault(line.code, line.label)
    places = {code: place for place, code in enumerate(titles)}
    reached = -1
    for step in CASE_STEPS:
        if (place := places.get(step.code)) is None:
            fault = ChartFault.DELETED
        elif titles[step.code] != step.label:
            fault = ChartFault.REWRITTEN
        elif place < reached:
            fault = ChartFault.MOVED
        else:
            reached = place
            continue
        found.append(ChartRefusal(step.code, fault, step.label, step.label_en))
    return found
