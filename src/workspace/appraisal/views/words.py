"""How states are written on several pages."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shared.components.badges import badge
from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.ballots import Grade
from workspace.appraisal.queries.guide import STAGES
from workspace.appraisal.queries.lists import UnitYear
from workspace.appraisal.queries.progress import step_of

GRADE_LEVELS = {Grade.EXCELLENT: "gold", Grade.QUALIFIED: "good", Grade.BASIC: "info", Grade.UNQUALIFIED: "late"}


def state_badge(appraisal: Appraisal) -> SafeString:
    if appraisal.is_running:
        return badge(str(STAGES[step_of(appraisal)][0]), "info")
    level = "good" if appraisal.state == Appraisal.State.DONE else ""
    return badge(str(appraisal.get_state_display()), level)


def standing_badge(row: UnitYear) -> SafeString:
    return state_badge(row.appraisal) if row.appraisal else badge(_("还没有开展"), "")


def grade_badge(grade: str) -> SafeString:
    return badge(str(Grade(grade).label), GRADE_LEVELS[Grade(grade)])
