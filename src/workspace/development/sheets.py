"""Cases as rows of a sheet."""

from django.utils.translation import gettext as _

from rules import CASE_STEPS
from workspace.development.models import Case, CaseQuerySet
from workspace.development.wording import said

_STEPS = {step.code: step for step in CASE_STEPS}


def heading() -> list[str]:
    return [_("姓名"), _("党支部"), _("阶段"), _("下一步"), _("截止日"), _("状态"), _("申请入党日期")]


def rows(cases: CaseQuerySet) -> list[list[object]]:
    """By branch, then as they were opened."""
    return [
        [
            c.member.name,
            c.unit.name,
            c.get_stage_display(),
            what_next(c),
            c.next_due,
            c.get_state_display(),
            c.opened_on,
        ]
        for c in cases.order_by("member__unit__path", "pk")
    ]


def what_next(case: Case) -> str:
    """The step to do first, in words."""
    step = _STEPS.get(case.next_step)
    return said(step) if step else ""
