"""Clear the sample branch (示例) with everything in it."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.organization import clearing
from workspace.organization.actions.locking import locked
from workspace.organization.models import Unit


class NotASample(Refusal):
    message = _("{unit}不是示例组织，不能一键清除。要停用它，请用“撤销”。")


class SampleInUse(Refusal):
    message = _("{unit}里还有不能随它清除的内容：{what}。请先到相应页面删除。")


@transaction.atomic
def clear_sample(unit: Unit, *, by: User) -> None:
    """Delete the sample and all that the apps keep on it. Raises NotASample or SampleInUse."""
    fresh = locked(unit)
    if not fresh.is_sample:
        raise NotASample(unit=fresh)
    going = Unit.objects.below(fresh)
    audit.record("unit.sample_cleared", of=fresh, by=by)
    try:
        with transaction.atomic():
            for clear in clearing.clearers():
                clear(going)
            going.delete()
    except ProtectedError as error:
        what = {str(thing._meta.verbose_name) for thing in error.protected_objects}
        raise SampleInUse(unit=fresh, what="、".join(sorted(what))) from error
