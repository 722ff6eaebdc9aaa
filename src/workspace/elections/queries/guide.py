"""An election as a guide: its stages, how each stands, what it rests on."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

import rules
from workspace.elections.models import Election
from workspace.elections.models.candidates import Post
from workspace.elections.models.papers import About, Paper
from workspace.elections.queries.progress import Progress, progress, purposes, step_of

# Stage → its words and the rule it rests on, in order.
STAGES: dict[str, tuple[Promise, str]] = {
    "request": (_("请示"), "election.postponement"),
    "candidates": (_("名单与候选人"), "election.more_candidates"),
    "meeting": (_("党员大会"), "election.ballot"),
    "ballot": (_("投票选举"), "election.valid_ballots"),
    "posts": (_("分工"), "branch.committee_quorum"),
    "result": (_("报批"), "branch.election_filed_above"),
    "done": (_("任职备案"), "branch.election_filed_above"),
}


@dataclass(frozen=True)
class Guide:
    """`step` is the stage that is on; `advice` one sentence of what to do, `level` how it looks."""

    election: Election
    step: str
    advice: str
    level: str
    rule: rules.Rule

    @property
    def labels(self) -> list[str]:
        return [str(label) for code, (label, _rule) in STAGES.items() if code in self.codes]

    @property
    def codes(self) -> list[str]:
        """Where there is no committee, there is no work to share out."""
        return [code for code in STAGES if code != "posts" or self.election.elects_committee]

    @property
    def number(self) -> int:
        """Of the stage that is on, counted from 1; one more than there are when all is done."""
        if self.election.state == Election.State.DONE:
            return len(self.codes) + 1
        return self.codes.index(self.step) + 1


def guide(election: Election, *, on: date) -> Guide:
    step = step_of(election)
    rule = rules.rulebook().get(STAGES[step][1])
    advice, level = _said(election, step, on)
    return Guide(election, step, advice, level, rule)


def results(election: Election) -> list[Progress]:
    """Of every post that has been voted on."""
    found = [progress(election, purpose) for purpose in purposes(election)]
    return [one for one in found if one.rounds]


def _said(election: Election, step: str, on: date) -> tuple[str, str]:
    if election.state == Election.State.CANCELLED:
        return _now("已取消：{reason}").format(reason=election.remark), ""
    if election.state == Election.State.DONE:
        return _now("已办结：新一届从 {day} 起任职。").format(day=election.held_on), "good"
    if election.asks:
        return _now("{what}已报上级，等待批复。").format(what=election.get_asks_display()), ""
    returned = _returned(election, step)
    if returned is not None:
        return _now("{what}被退回：{reason}").format(what=returned.label, reason=returned.reason), "late"
    return _next(election, step, on), ""


def _returned(election: Election, step: str) -> Paper | None:
    """The paper of this stage, when it came back and was not put up again."""
    found = election.last(step) if step in About.values else None
    return found if found is not None and not found.is_open and not found.is_approved else None


def _next(election: Election, step: str, on: date) -> str:
    if step == "request":
        return _now("下一步：向上级党组织报送换届请示，写明名额、方式和时间。")
    if step == "candidates":
        return _now("下一步：核对有选举权的党员名单，确定候选人，报上级批复。")
    if step == "meeting":
        day = election.planned_on
        if day > on:
            return _now("下一步：{day} 召开党员大会，会前打印名单和选票。").format(day=day)
        return _now("下一步：登记党员大会的日期和实到人数，名单随即固定。")
    if step == "ballot":
        return _ballot_advice(election)
    if step == "posts":
        return _now("下一步：登记委员分工。")
    return _now("下一步：向上级党组织报告选举结果，书记、副书记报批，委员备案。")


def _ballot_advice(election: Election) -> str:
    so_far = next((one for one in (progress(election, p) for p in purposes(election)) if not one.is_over), None)
    if so_far is None:
        return ""
    post = Post(so_far.purpose).label
    if not so_far.rounds:
        return _now("下一步：投票选举{post}，登记计票结果。").format(post=post)
    if so_far.undecided:
        return _now("{post}还差 {left} 名，得票相等的 {tied} 人再次投票。").format(
            post=post, left=so_far.left, tied=len(so_far.undecided)
        )
    return _now("{post}还差 {left} 名，没有候选人过半数：再次投票，或经会议决定暂不补选。").format(
        post=post, left=so_far.left
    )
