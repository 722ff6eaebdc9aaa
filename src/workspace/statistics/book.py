"""All tables of a reach: structure of the organisation, structure of the people, admissions, changes, losses."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from workspace.organization.models import Unit
from workspace.organization.standing import Standing
from workspace.statistics.conditions import Condition
from workspace.statistics.cuts import JUNIOR_COLLEGE_UP, MINORITY, WOMEN, Cut, aged
from workspace.statistics.flows import ENDINGS, Way
from workspace.statistics.reach import OWN, Line, Reach
from workspace.statistics.survey import WHOLE, Survey, Tally, person_of
from workspace.statistics.tables import Column, Table, table

Counts = dict[str, dict[str, int]]
YOUNG = 35  # years, as the bulletin counts the young among the new members
_TYPES = (
    ("611", _("党委"), (Unit.Type.COMMITTEE,)),
    ("621", _("党总支部"), (Unit.Type.GENERAL_BRANCH,)),
    ("631", _("党支部"), (Unit.Type.BRANCH,)),
    ("632", _("联合党支部"), (Unit.Type.JOINT_BRANCH,)),
    ("9", _("临时党组织"), Unit.TEMPORARY),
)
# Columns of the reconciliation: (key, words, sign, the ways it counts).
FLOWS = (
    ("admitted", _("发展"), 1, (Way.ADMITTED,)),
    ("came", _("转入"), 1, (Way.CAME,)),
    ("added", _("恢复和补登"), 1, (Way.RESTORED, Way.ADDED)),
    ("moved_in", _("下级间调入"), 1, (Way.MOVED_IN,)),
    ("went", _("转出"), -1, (Way.WENT,)),
    ("died", _("去世"), -1, (Way.DIED,)),
    ("ended", _("出党和停止党籍"), -1, ENDINGS),
    ("dropped", _("其他减少"), -1, (Way.DROPPED,)),
    ("moved_out", _("下级间调出"), -1, (Way.MOVED_OUT,)),
)
LOSSES = (
    ("went", _("转出"), (Way.WENT,)),
    ("died", _("去世"), (Way.DIED,)),
    ("expelled", _("开除党籍"), (Way.EXPELLED,)),
    ("delisted", _("除名、退党"), (Way.DELISTED,)),
    ("stopped", _("停止党籍"), (Way.STOPPED,)),
    ("cancelled", _("取消预备党员资格"), (Way.CANCELLED,)),
    ("ended", _("出党，种类未写明"), (Way.ENDED,)),
    ("dropped", _("其他减少"), (Way.DROPPED,)),
)
ADMISSIONS = (
    ("admitted", _("接收预备党员")),
    ("women", _("其中女")),
    ("minority", _("其中少数民族")),
    ("young", _("其中35岁及以下")),
    ("college", _("其中大专及以上")),
    ("converted", _("预备党员转正")),
)


@dataclass(frozen=True)
class Book:
    reach: Reach

    @cached_property
    def survey(self) -> Survey:
        return Survey(self.reach)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """By name, in the order in which they are shown."""
        made = [self._changes(), self._units(), *(self._cut(cut) for cut in self.survey.cuts)]
        made += [self._admissions(), self._losses()]
        return {one.name: one for one in made}

    @cached_property
    def lines(self) -> list[Line]:
        """The unit itself, and rows that anybody stood in or that stood on the cut-off day."""
        there = {self.reach.key_of(pk) for pk in self.reach.tree(peopled=self.survey.units_with_people())}
        counted = {key for counts in self._stock_and_flow() for key, count in counts.items() if count}
        return [one for one in self.reach.lines if one.key == OWN or one.key in counted or one.key in there]

    def _stock_and_flow(self) -> list[dict[str, int]]:
        opening, closing = self._keyed(self.survey.before["category", WHOLE], before=True), self._closing
        others = self._keyed(self.survey.now["candidates", WHOLE])
        return [opening, closing, others, *self._flow_counts.values()]

    @property
    def _closing(self) -> dict[str, int]:
        return self._keyed(self.survey.now["category", WHOLE])

    @cached_property
    def _flow_counts(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {str(way): defaultdict(int) for way in Way}
        for _course, step in self.survey.steps:
            found[step.way][self.reach.key_of(step.row)] += 1
        return found

    def _keyed(self, tally: Tally, *, before: bool = False) -> dict[str, int]:
        places = self.reach.places_before if before else self.reach.places
        return {self.reach.key_of(row): count for row, count in tally.by_row(places).items()}

    def _cut(self, cut: Cut) -> Table:
        now, before = self.survey.now, self.survey.before
        keys = [WHOLE, *(bucket.key for bucket in cut.buckets)]
        columns = [Column(key=WHOLE, label=_("合计"))]
        columns += [Column(key=bucket.key, label=bucket.label) for bucket in cut.buckets]
        return table(
            self.lines,
            columns,
            {key: self._keyed(now[cut.name, key]) for key in keys},
            name=cut.name,
            title=cut.title,
            before=lambda key: sum(self._keyed(before[cut.name, key], before=True).values()),
            note=cut.note,
            chart_of=cut.chart,
            charted=keys[1:],
        )

    def _units(self) -> Table:
        now = self.reach.tree(peopled=self.survey.units_with_people())
        counts = self._typed(now, self.reach.places)
        then = self._typed(self.reach.tree(before=True), self.reach.places_before)
        columns = [Column(key=WHOLE, label=_("合计"), opens=False)]
        columns += [Column(key=key, label=label, opens=False) for key, label, _types in _TYPES]
        return table(
            self.lines,
            columns,
            counts,
            name="units",
            title=_("党组织"),
            before=lambda key: sum(then[key].values()),
            note=_("按截止日当时的组织树，含本级和各级下级，不含党小组。"),
            charted=[key for key, _label, _types in _TYPES],
        )

    def _typed(self, tree: Mapping[int, Standing], places: Mapping[int, int]) -> Counts:
        found: Counts = {key: defaultdict(int) for key in (WHOLE, *(key for key, _label, _types in _TYPES))}
        kinds = {str(one): key for key, _label, types in _TYPES for one in types}
        for pk, standing in tree.items():
            if pk in places and standing.type in kinds:
                row = self.reach.key_of(places[pk])
                found[WHOLE][row] += 1
                found[kinds[standing.type]][row] += 1
        return found

    def _changes(self) -> Table:
        """Opening, what was added and taken away, closing: each row reconciles, and so does the total."""
        opening = self._keyed(self.survey.before["category", WHOLE], before=True)
        begun = self._keyed(self.survey.members_before)
        shifted = {key: begun.get(key, 0) - opening.get(key, 0) for key in {*begun, *opening}}
        counts: Counts = {"opening": opening, "shifted": shifted}
        counts |= {key: _added(self._flow_counts, ways) for key, _label, _sign, ways in FLOWS}
        counts["closing"] = self._closing
        columns = [
            Column(key="opening", label=_("期初")),
            Column(key="shifted", label=_("隶属调整"), sign=1, opens=False),
            *(Column(key=key, label=label, sign=sign) for key, label, sign, _ways in FLOWS),
            Column(key="closing", label=_("期末")),
        ]
        return table(
            self.lines,
            columns,
            counts,
            name="changes",
            title=_("增减变化"),
            note=_("期初＋隶属调整＋各项增加−各项减少＝期末。整个组织换了上级算隶属调整，人没有动。"),
            charted=[key for key, _label, _sign, _ways in FLOWS if not key.startswith("moved")],
        )

    @cached_property
    def admitted_conditions(self) -> dict[str, Condition]:
        """By what the newly admitted are told apart."""
        young = aged(0, YOUNG, self.reach.days.on)
        return {"women": WOMEN, "minority": MINORITY, "young": young, "college": JUNIOR_COLLEGE_UP}

    def _admissions(self) -> Table:
        counts: Counts = {key: defaultdict(int) for key in ("admitted", *self.admitted_conditions)}
        for course, step in self.survey.steps:
            if step.way is not Way.ADMITTED:
                continue
            row, person = self.reach.key_of(step.row), person_of(course, course.at(step.on))
            counts["admitted"][row] += 1
            for key, condition in self.admitted_conditions.items():
                counts[key][row] += condition.holds(person)
        counts["converted"] = self._flow_counts[Way.CONVERTED]
        columns = [Column(key=key, label=label) for key, label in ADMISSIONS]
        return table(
            self.lines,
            columns,
            counts,
            name="admissions",
            title=_("发展党员"),
            note=_("比较日次日至截止日；预备党员自支部大会通过之日算起。"),
            charted=[column.key for column in columns],
        )

    def _losses(self) -> Table:
        counts = {key: _added(self._flow_counts, ways) for key, _label, ways in LOSSES}
        counts[WHOLE] = {line.key: sum(one.get(line.key, 0) for one in counts.values()) for line in self.lines}
        columns = [Column(key=WHOLE, label=_("合计"))]
        columns += [Column(key=key, label=label) for key, label, _ways in LOSSES]
        return table(
            self.lines,
            columns,
            counts,
            name="losses",
            title=_("减少的党员"),
            note=_("比较日次日至截止日；不含下级之间的调动。"),
            charted=[key for key, _label, _ways in LOSSES],
        )


def _added(counts: Mapping[str, Mapping[str, int]], ways: Iterable[Way]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for way in ways:
        for row, count in counts[way].items():
            found[row] += count
    return found
