"""Who may see and change which unit: asked here, answered one floor up.

Roles are granted on units, so `workspace.access` stands on this app and this app cannot import it. It hands its two
questions in when the process starts; until then nobody may do anything.
"""

from collections.abc import Callable

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed
from workspace.accounts.models import User
from workspace.organization.models import Unit, UnitQuerySet


class MayNotChange(NotAllowed):
    message = _("您可以查看{unit}，但没有修改它的权限。请联系单位管理员。")


UnitsWhere = Callable[[User, str], UnitQuerySet]

_answers: dict[str, UnitsWhere] = {}


def answer_with(answer: UnitsWhere) -> None:
    """Called once, from the `ready()` of the app that keeps the roles."""
    _answers["units_where"] = answer


def units_where(user: User, verb: str) -> UnitQuerySet:
    """The units, closed ones too, on which this person may do the verb."""
    answer = _answers.get("units_where")
    return answer(user, verb) if answer else Unit.objects.none()


def unit_for(user: User, pk: int, *, to: str = "unit.view") -> Unit:
    """The unit with this key. Http404 when the person may not see it, NotAllowed when they may see but not do `to`."""
    seen = units_where(user, "unit.view").filter(pk=pk).first()
    if seen is None:
        raise Http404
    if to != "unit.view" and not units_where(user, to).filter(pk=pk).exists():
        raise MayNotChange(unit=seen)
    return seen
