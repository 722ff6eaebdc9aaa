"""The three administrators (三员分立): put apart, and together again."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.clock import today
from shared.refusals import NotAllowed, Refusal
from workspace.access.actions.taking import details_of, outlasts, take_away
from workspace.access.models import OFFICES, Grant, Role
from workspace.access.models.grant import GrantQuerySet
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


class OnlyForGood(Refusal):
    message = _("{user}的业务管理员角色有起止日期。请先改为长期，再合并职责。")


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
    gone: set[int] = set()
    for held in Grant.objects.filter(role=Role.ADMIN).locked():
        if held.pk not in gone:
            gone |= _become(held, Role.MANAGER, by=by)
    # Who was audit administrator before may stay it or become another.
    _lay_down(Grant.objects.filter(user__in=chosen, role__in=OFFICES), by=by)
    for office, user in zip(OFFICES, chosen, strict=True):
        powerful = Grant.objects.filter(user=user, role__in=ALL_POWERFUL).first()
        if powerful is not None:
            raise DutiesApart(user=user, held=powerful.get_role_display())
        made = Grant.objects.create(user=user, role=office, unit=root, granted_by=by)
        record("access.granted", of=made, by=by, details=details_of(made))
    record("access.duties_put_apart", of=root, by=by, details={o: people[o].pk for o in OFFICES})
    _tell(_now("本单位已启用三员分立"), but=by)


@transaction.atomic
def put_together(admin: User, *, by: User) -> None:
    """The security administrator gives everything to one business administrator of the whole, and lays the office down;
    so does the system administrator. The audit administrator stays. Raises OnlyTheWhole, OnlyForGood."""
    root = Unit.objects.get(depth=1)
    _whole(by, Role.SECURITY, root)
    manages = (
        Grant.objects.own().filter(user=admin, role=Role.MANAGER, unit=root).select_related("user", "unit").first()
    )
    if manages is None or not admin.is_active:
        raise OnlyTheWhole
    if manages.until or manages.begins > today():
        raise OnlyForGood(user=admin)
    _lay_down(Grant.objects.filter(role__in=(Role.SYSTEM, Role.SECURITY)), by=by)
    _become(manages, Role.ADMIN, by=by)
    record("access.duties_put_together", of=root, by=by, details={"admin": admin.pk})
    _tell(_now("本单位已停用三员分立"), but=by)


def _whole(by: User, role: str, root: Unit) -> None:
    if not Grant.objects.own().filter(user=by, role=role, unit=root).exists():
        raise OnlyTheWhole


def _lay_down(grants: GrantQuerySet, *, by: User) -> None:
    """All of them, and what was lent of them, each once."""
    gone: set[int] = set()
    for held in grants.locked():
        if held.pk not in gone:
            gone |= take_away(held, by=by)


def _become(held: Grant, role: str, *, by: User) -> set[int]:
    """The same grant in another role; where the person holds that one there already, the one worth more stays.
    The keys of what went."""
    there = Grant.objects.filter(user=held.user, role=role, unit=held.unit).select_related("user", "unit").first()
    if there is not None and not outlasts(held, there):
        return take_away(held, by=by)
    gone = take_away(there, by=by) if there is not None else set()
    before, held.role = held.role, role
    held.save(update_fields=["role"])
    record("access.role_changed", of=held, by=by, details={**details_of(held), "before": before})
    return gone


def _tell(title: str, *, but: User) -> None:
    held = Grant.objects.own().filter(role__in=(*ALL_POWERFUL, *OFFICES)).exclude(user=but)
    people = User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")
    Message.objects.bulk_create(Message(to=user, title=title, link=LINK) for user in people)
