"""States of activities and obligations as an icon and a word."""

from datetime import date, datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shared.components.badges import badge
from workspace.activities.models import Activity, Obligation

_LEVELS = {
    Activity.State.PLANNED: "",
    Activity.State.RUNNING: "info",
    Activity.State.HELD: "late",
    Activity.State.CLOSED: "good",
    Activity.State.CANCELLED: "",
}


def of_activity(activity: Activity, *, at: datetime) -> SafeString:
    state = activity.state(at=at)
    return badge(state.label, _LEVELS[state])


def of_obligation(row: Obligation, *, on: date) -> SafeString:
    if row.is_overdue(on=on):
        return badge(_("逾期未完成"), "late")
    level = {"met": "good", "late": "gold", "exempt": ""}.get(row.state, "")
    return badge(Obligation.State(row.state).label, level)
