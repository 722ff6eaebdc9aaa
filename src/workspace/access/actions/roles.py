"""Roles that a workspace makes for itself."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.permissions import Duty, catalogue
from shared.refusals import NotAllowed, Refusal
from workspace.access.models import Grant, OwnRole, Role
from workspace.access.queries import may, verbs_of
from workspace.access.words import verbs_line
from workspace.accounts.models import User
from workspace.audit.actions import record
from workspace.organization.models import Unit


class MayNotShapeRoles(NotAllowed):
    message = _("只有管整个单位的管理员可以新建和修改角色。")


class NotYours(NotAllowed):
    message = _("您自己持有“{role}”，不能给它增加权限，请由另一位管理员操作。")


class MoreThanYouHold(NotAllowed):
    message = _("您没有“{verbs}”的权限，不能放进角色里。")


class NameTaken(Refusal):
    message = _("已有名为“{name}”的角色。")


class NoPermissions(Refusal):
    message = _("请至少选择一项权限。")
    status = 400


class OnlyPartyWork(Refusal):
    message = _("“{verbs}”属于管理员的职责，不能放进自建角色。")
    status = 400


class StillHeld(Refusal):
    message = _("还有 {number} 人持有“{role}”，请先收回或改授其他角色。")


@transaction.atomic
def create_role(name: str, verbs: Iterable[str], *, by: User) -> OwnRole:
    """Raises MayNotShapeRoles, NameTaken, NoPermissions, OnlyPartyWork, MoreThanYouHold."""
    asked = _checked(verbs, frozenset(), by)
    _refuse_taken(name)
    made = OwnRole.objects.create(name=name, verbs=sorted(asked))
    record("role.created", of=made, by=by, details={"verbs": made.verbs})
    return made


@transaction.atomic
def change_role(role: OwnRole, *, name: str, verbs: Iterable[str], by: User) -> None:
    """At once for everybody who holds it. Raises NotYours besides what `create_role` raises."""
    now = OwnRole.objects.select_for_update().get(pk=role.pk)
    before = frozenset(now.verbs)
    asked = _checked(verbs, before, by)
    if asked - before and Grant.objects.filter(user=by, role=now.code).exists():
        raise NotYours(role=now)
    if name != now.name:
        _refuse_taken(name)
    details = {"added": sorted(asked - before), "removed": sorted(before - asked), "name_before": now.name}
    now.name, now.verbs = name, sorted(asked)
    now.save(update_fields=["name", "verbs"])
    record("role.changed", of=now, by=by, details=details)


@transaction.atomic
def delete_role(role: OwnRole, *, by: User) -> None:
    """One that nobody holds. Raises MayNotShapeRoles, StillHeld."""
    _ask(by)
    now = OwnRole.objects.select_for_update().get(pk=role.pk)
    if number := Grant.objects.filter(role=now.code).count():
        raise StillHeld(number=number, role=now)
    record("role.deleted", of=now, by=by, details={"verbs": now.verbs})
    now.delete()


def _ask(by: User) -> Unit:
    root = Unit.objects.get(depth=1)
    if not may(by, "access.role", root):
        raise MayNotShapeRoles
    return root


def _checked(verbs: Iterable[str], before: frozenset[str], by: User) -> frozenset[str]:
    """What is asked for, of party work, and nothing new that `by` does not hold: but to give is the security
    administrator's office."""
    root = _ask(by)
    known = {one.verb: one for one in catalogue()}
    asked = frozenset(verb for verb in verbs if verb in known)
    if not asked:
        raise NoPermissions
    if duties := {verb for verb in asked if known[verb].duty is not Duty.BUSINESS}:
        raise OnlyPartyWork(verbs=verbs_line(duties))
    gives_by_office = Grant.objects.own().filter(user=by, role=Role.SECURITY).exists()
    if not gives_by_office and (missing := asked - before - verbs_of(by, on=root)):
        raise MoreThanYouHold(verbs=verbs_line(missing))
    return asked


def _refuse_taken(name: str) -> None:
    built_in = {str(role.label) for role in Role}
    if name in built_in or OwnRole.objects.filter(name=name).exists():
        raise NameTaken(name=name)
