"""Why a person can do something somewhere, or why not (为什么)."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shared.permissions import Permission, group_of, permission
from workspace.access.models import Grant, OwnRole, Role
from workspace.access.queries import may, people_who, units_where
from workspace.access.queries.held import verbs_held
from workspace.access.things import Thing
from workspace.accounts.models import User
from workspace.organization.models import Unit


class Step(Enum):
    """Where a grant leads, or where it stops."""

    LETS = "lets"
    NOT_YET = "not_yet"
    OVER = "over"
    ELSEWHERE = "elsewhere"
    NOT_LENT = "not_lent"
    LACKS = "lacks"

    @property
    def words(self) -> Promise:
        return _WORDS[self]


_WORDS = {
    Step.LETS: _("角色含有这项权限，组织在其范围内，现在有效"),
    Step.NOT_YET: _("还没有到开始日期"),
    Step.OVER: _("已过截止日期"),
    Step.ELSEWHERE: _("只管另外的组织，不在其上级"),
    Step.NOT_LENT: _("代理时没有委托这一类权限"),
    Step.LACKS: _("角色不含这项权限"),
}


@dataclass(frozen=True)
class Way:
    """One grant of the person, and where it leads."""

    grant: Grant
    step: Step


@dataclass(frozen=True)
class Answer:
    """`ways` that lead there first. `by_belonging` is the person's own record, which everybody sees."""

    person: User
    permission: Permission
    unit: Unit
    label: str
    ways: list[Way]
    by_belonging: bool = False
    roles: list[str] = field(default_factory=list)
    granters: list[User] = field(default_factory=list)

    @property
    def allowed(self) -> bool:
        return self.person.is_active and (self.by_belonging or any(way.step is Step.LETS for way in self.ways))

    @property
    def leading(self) -> list[Way]:
        return [way for way in self.ways if way.step is Step.LETS]

    @property
    def stopped(self) -> list[Way]:
        return [way for way in self.ways if way.step is not Step.LETS]


def explain(person: User, verb: str, thing: Thing, *, asked_by: User, on: date) -> Answer:
    """The chain from the person to the permission on the thing's unit. About oneself wherever one may look; about
    others where the reader may look into roles. Http404 otherwise, KeyError for an unknown verb."""
    asked = permission(verb)
    if not _may_ask(asked_by, person, thing.unit):
        raise Http404
    rows = Grant.objects.filter(user=person).named().select_related("unit", "granted_by", "delegated_from__user")
    own = {role.code: role.verbs for role in OwnRole.objects.all()}
    ways = [Way(one, _step(one, verb, thing.unit, own, on)) for one in rows.order_by("unit__path", "role")]
    ways.sort(key=lambda way: list(Step).index(way.step))
    belongs = verb.endswith(".view") and thing.owner_id == person.pk
    return Answer(
        person=person,
        permission=asked,
        unit=thing.unit,
        label=thing.label,
        ways=ways,
        by_belonging=belongs,
        roles=_roles_with(asked),
        granters=list(people_who("access.grant", thing.unit).exclude(pk=person.pk)[:20]),
    )


def units_to_ask_about(reader: User, person: User) -> "list[Unit]":
    """Where this reader may ask about that person, in tree order."""
    verb = "unit.view" if reader.pk == person.pk else "access.review"
    return list(units_where(reader, verb).order_by("path"))


def _may_ask(reader: User, person: User, unit: Unit) -> bool:
    own = reader.pk == person.pk and may(reader, "unit.view", unit)
    return own or may(reader, "access.review", unit)


def _step(one: Grant, verb: str, unit: Unit, own: dict[str, list[str]], on: date) -> Step:
    group = group_of(verb)
    if verb not in verbs_held(one.role, own.get(one.role), ""):
        return Step.LACKS
    if one.groups and (group is None or group.app not in one.groups):
        return Step.NOT_LENT
    if not unit.is_at_or_below(one.unit):
        return Step.ELSEWHERE
    if one.since and one.since > on:
        return Step.NOT_YET
    return Step.OVER if one.until and one.until < on else Step.LETS


def _roles_with(asked: Permission) -> list[str]:
    codes = [role.value for role in Role if role.value in asked.holders]
    names = [str(Role(code).label) for code in codes]
    mine = OwnRole.objects.filter(verbs__contains=[asked.verb]).order_by("name", "pk")
    return [*names, *mine.values_list("name", flat=True)]
