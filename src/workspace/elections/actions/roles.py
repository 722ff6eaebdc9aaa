"""Roles in the system follow the posts, as far as the person who approves may give and take them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from shared.refusals import Refusal
from workspace.access.actions import grants
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.elections.models.candidates import Post
from workspace.elections.models.seats import Seat
from workspace.members.models import Appointment, Member
from workspace.organization.models import Unit

# Which role in the system goes with a post.
ROLES = {
    Post.SECRETARY.value: Role.SECRETARY,
    Post.DEPUTY.value: Role.SECRETARY,
    Post.ORGANISATION.value: Role.ORGANIZER,
    Post.PUBLICITY.value: Role.PUBLICITY,
    Post.DISCIPLINE.value: Role.DISCIPLINE,
    Post.YOUTH.value: Role.COMMITTEE,
    Post.COMMITTEE.value: Role.COMMITTEE,
}

Holding = tuple[int, str]  # an account, a role


def follow(
    unit: Unit, seats: Sequence[Seat], people: Mapping[int, Member], before: Sequence[Appointment], *, by: User
) -> list[str]:
    """Those who leave lose the role of their post, the new ones get theirs. Returns what others still have to do."""
    users = {member.user.pk: member.user for member in people.values() if member.user}
    accounts = {key: member.user.pk for key, member in people.items() if member.user}
    wanted = {(accounts[seat.member], ROLES[seat.post].value) for seat in seats if seat.member in accounts}
    had = {(held.member.user_id, ROLES[held.post].value) for held in before if held.member.user_id}
    return _take(unit, had - wanted, by=by) + _give(unit, wanted, users, by=by)


def _take(unit: Unit, gone: Collection[Holding], *, by: User) -> list[str]:
    held = Grant.objects.own().filter(unit=unit, role__in={role for _user, role in gone})
    return [
        _("收回{name}的{role}角色").format(name=grant.user.name, role=Role(grant.role).label)
        for grant in held.select_related("user", "unit").order_by("pk")
        if (grant.user_id, grant.role) in gone and not _done(partial(grants.revoke, grant, by=by))
    ]


def _give(unit: Unit, wanted: set[Holding], users: Mapping[int, User], *, by: User) -> list[str]:
    held = Grant.objects.own().filter(unit=unit, user__in=users, until__isnull=True)
    there = set(held.values_list("user", "role"))
    return [
        _("授予{name}{role}角色").format(name=users[key].name, role=Role(role).label)
        for key, role in sorted(wanted - there)
        if not _done(partial(grants.grant, users[key], role, unit, by=by))
    ]


def _done(act: Callable[[], object]) -> bool:
    """Whether it could be done by this person."""
    try:
        with transaction.atomic():
            act()
    except Refusal:
        return False
    return True
