"""How states are written on several pages."""

from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shared.components.badges import badge
from workspace.elections.models import Election
from workspace.elections.queries.guide import STAGES
from workspace.elections.queries.progress import step_of
from workspace.elections.queries.terms import UnitTerm

_LEVELS = {Election.State.DONE: "good", Election.State.CANCELLED: ""}


def state_badge(election: Election) -> SafeString:
    if not election.is_running:
        return badge(str(election.get_state_display()), _LEVELS[Election.State(election.state)])
    if election.asks:
        return badge(_("待上级批复：{what}").format(what=election.get_asks_display()), "info")
    return badge(str(STAGES[step_of(election)][0]), "")


def term_badge(one: UnitTerm, on: date) -> SafeString:
    days = one.days_left(on)
    if one.stage == "over":
        return badge(_("逾期 {days} 天").format(days=-days), "late")
    if one.stage == "due":
        return badge(_("还有 {days} 天").format(days=days) if days else _("今天届满"), "gold")
    return badge(_("任期内"), "good") if one.stage == "within" else badge(_("未登记选举日期"), "")


def standing_badge(one: UnitTerm) -> SafeString | str:
    """What is being done about it."""
    if one.election is not None:
        return state_badge(one.election)
    return badge(_("已批准延期"), "info") if one.is_postponed else ""
