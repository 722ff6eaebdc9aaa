"""The three administrators (三员分立): put apart, and together again."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed, Refusal
from workspace.access.models import OFFICES, Grant, Role
from workspace.access.queries.offices import ALL_POWERFUL, are_apart, office_of
from workspace.accounts.models import User
from workspace.audit.actions import record
from workspace.inbox.models import Message
from workspace.organization.models import Unit

LINK = "/access/separation/"


class OfficeOnTheRootOnly(Refusal):
    message = _("{role}管整个单位，只能在最高一级组织任命。")


class DutiesApart(Refusal):
    message = _("{user}已是{held}。三类管理员不能由一人兼任，也不能兼任单位管理员或业务管理员。")


class NoAllPowerful(Refusal):
    message = _("本单位已启用三员分立，不再设单位管理员。可以授予业务管理员，或先合并职责。")


class NotApart(Refusal):
    message = _("系统管理员和安全管理员要在“三员分立”页面一起任命。")


class AlreadyApart(Refusal):
    message = _("本单位已启用三员分立。")


class OnlyTheWhole(NotAllowed):
    message = _("只有管整个单位的管理员本人可以这样做，代理人不行。")


class ThreeOthers(Refusal):
    message = _("请选三位不同的人，都已能登录，并且不是您自己。")
    status = 400


def refuse_what_clashes(user: User, role: str, unit: Unit) -> None:
    """Raises OfficeOnTheRootOnly, DutiesApart, NoAllPowerful or NotApart for a role that cannot be given so."""
    if role in OFFICES and unit.depth != 1:
        raise OfficeOnTheRootOnly(role=Role(role).label)
    if role == Role.ADMIN and are_apart():
        raise NoAllPowerful
    if role in (Role.SYSTEM, Role.SECURITY) and not are_apart():
        raise NotApart
    if role in OFFICES:
        held = Grant.objects.filter(user=user, role__in=(*ALL_POWERFUL, *OFFICES)).exclude(role=role).first()
    else:
        held = office_of(user) if role in ALL_POWERFUL else None
    if held is not None:
        raise DutiesApart(user=user, held=held.get_role_display())


@transaction.atomic
def put_apart(people: Mapping[str, User], *, by: User) -> None:
    """Three people take the three offices (`people` by office); every administrator of everything becomes one of party
    work alone. Raises OnlyTheWhole, AlreadyApart, ThreeOthers, DutiesApart."""
    root = Unit.objects.get(depth=1)
    _whole(by, Role.ADMIN, root)
    if are_apart():
        raise AlreadyApart
    chosen = [people[office] for office in OFFICES]
    able = all(user.is_active and user.has_usable_password() and user.pk != by.pk for user in chosen)
    if len({user.pk for user in chosen}) != len(OFFICES) or not able:
        raise ThreeOthers
    for held in Grant.objects.filter(role=Role.ADMIN).select_related("user", "unit"):
        _become(held, Role.MANAGER, by=by)
    # Who was audit administrator before may stay it or become another.
    Grant.objects.filter(user__in=chosen, role__in=OFFICES).delete()
    for office, user in zip(OFFICES, chosen, strict=True):
        powerful = Grant.objects.filter(user=user, role__in=ALL_POWERFUL).first()
        if powerful is not None:
            raise DutiesApart(user=user, held=powerful.get_role_display())
        made = Grant.objects.create(user=user, role=office, unit=root, granted_by=by)
        record("access.granted", of=made, by=by, details={"role": office, "unit": root.pk, "user": user.pk})
    record("access.duties_put_apart", of=root, by=by, details={o: people[o].pk for o in OFFICES})
    _tell(_now("本单位已启用三员分立"), but=by)


@transaction.atomic
def put_together(admin: User, *, by: User) -> None:
    """The security administrator gives everything to one business administrator of the whole, and lays the office down;
    so does the system administrator. The audit administrator stays. Raises OnlyTheWhole, NotApart, DutiesApart."""
    root = Unit.objects.get(depth=1)
    _whole(by, Role.SECURITY, root)
    manages = (
        Grant.objects.own().filter(user=admin, role=Role.MANAGER, unit=root).select_related("user", "unit").first()
    )
    if manages is None or not admin.is_active:
        raise OnlyTheWhole
    for office in Grant.objects.filter(role__in=(Role.SYSTEM, Role.SECURITY)).select_related("user", "unit"):
        record("access.revoked", of=office, by=by, details={"role": office.role, "user": office.user_id})
        office.delete()
    _become(manages, Role.ADMIN, by=by)
    record("access.duties_put_together", of=root, by=by, details={"admin": admin.pk})
    _tell(_now("本单位已停用三员分立"), but=by)


def _whole(by: User, role: str, root: Unit) -> None:
    if not Grant.objects.own().filter(user=by, role=role, unit=root).exists():
        raise OnlyTheWhole


def _become(held: Grant, role: str, *, by: User) -> None:
    """The same grant in another role; where the person holds that one there already, this one goes."""
    if Grant.objects.filter(user=held.user, role=role, unit=held.unit).exists():
        held.delete()
        return
    before, held.role = held.role, role
    held.save(update_fields=["role"])
    details = {"role": role, "before": before, "unit": held.unit_id, "user": held.user_id}
    record("access.role_changed", of=held, by=by, details=details)


def _tell(title: str, *, but: User) -> None:
    held = Grant.objects.own().filter(role__in=(*ALL_POWERFUL, *OFFICES)).exclude(user=but)
    people = User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")
    Message.objects.bulk_create(Message(to=user, title=title, link=LINK) for user in people)
