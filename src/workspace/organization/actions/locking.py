"""One change of the tree at a time, and none over a change that the person has not seen."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.organization.models import Unit


class ChangedMeanwhile(Refusal):
    message = _(
        "{unit}在您打开这一页之后被别人改过（{at}）。您填写的内容还在：请对照现在的内容，再保存一次，以您的为准。"
    )


def locked(unit: Unit, *, seen: datetime | None = None) -> Unit:
    """The unit as it is now, with the whole tree locked until the transaction ends.

    Paths of many rows change together, so the root's row stands for all of them; its own row is locked against those
    who only note something on it. `seen` is the `updated_at` that the
    person's page was made from; raises ChangedMeanwhile when the unit has been changed since.
    """
    list(Unit.objects.filter(depth=1).select_for_update(of=("self",)))
    fresh: Unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if seen is not None and fresh.updated_at != seen:
        raise ChangedMeanwhile(unit=fresh, at=date_format(localtime(fresh.updated_at), "H:i:s"))
    return fresh
