"""Which findings an address asks about."""

from django.http import Http404
from django.utils.translation import gettext as _

from workspace.quality.checks import BY_CODE, Family
from workspace.quality.survey import Found, Survey

TODO = "todo"  # everything that a branch can be asked to put right


def chosen(survey: Survey, check: str) -> list[Found]:
    """Those with that finding; 404 for a finding that is none."""
    if check == TODO:
        return [one for one in survey.found if one.is_to_complete]
    if check in set(Family):
        return [one for one in survey.found if Family(check) in one.families]
    if check and check not in BY_CODE:
        raise Http404
    return [one for one in survey.found if not check or check in one.codes]


def title(check: str) -> str:
    if check in BY_CODE:
        return str(BY_CODE[check].label)
    if check in set(Family):
        return str(Family(check).label)
    return _("要补全的党员") if check == TODO else _("有问题的党员")
