"""A vote's outcome in one sentence that names its yardstick: those entitled, never those present."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from rules.ballots import VoteKind, present_needed, yes_needed
from workspace.activities.models import Vote


@dataclass(frozen=True)
class Verdict:
    """`level` is good or late, as badges know them."""

    word: str
    level: str
    reason: str


def verdict(vote: Vote) -> Verdict:
    """By the version of the rule that held on the day of the meeting."""
    kind, day = VoteKind(vote.kind), vote.activity.day
    if not vote.counted.may_open(kind, on=day):
        needed = present_needed(vote.entitled, kind, on=day)
        reason = _("到会人数不足，表决无效：应到会有表决权 {entitled} 人，须到会 {needed} 人，实到 {present} 人。")
        return Verdict(_("无效"), "late", reason.format(entitled=vote.entitled, needed=needed, present=vote.present))
    needed = yes_needed(vote.entitled)
    words = {"entitled": vote.entitled, "needed": needed, "yes": vote.yes}
    if vote.passed:
        reason = _("赞成 {yes} 票，超过应到会有表决权 {entitled} 人的半数（须 {needed} 票）。")
        return Verdict(_("通过"), "good", reason.format(**words))
    reason = _("赞成 {yes} 票，未超过应到会有表决权 {entitled} 人的半数（须 {needed} 票）。")
    return Verdict(_("未通过"), "late", reason.format(**words))
