"""People who come by an invitation, and who decides about them."""

from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shared.queue import later
from shared.refusals import NotAllowed, Refusal
from workspace.access.actions.grants import AlreadyGranted, put_grant
from workspace.access.models import Invitation, Joining, Role
from workspace.access.queries import may
from workspace.accounts.actions.names import free_username
from workspace.accounts.actions.password import put_password
from workspace.accounts.models import User
from workspace.audit.actions import record

State = Joining.State


class InvitationOver(Refusal):
    message = _("这个邀请已过期、已撤回或名额已满，请向邀请您的人要一个新的。")
    status = 410


class AccountExists(Refusal):
    message = _("这个手机号或邮箱已有账号。请先登录，再打开邀请链接加入。")


class AlreadyHere(Refusal):
    message = _("您已经通过这个邀请加入或提交过申请。")


class MayNotDecide(NotAllowed):
    message = _("只有单位管理员或支部书记可以审核加入{unit}的申请。")


class AlreadyDecided(Refusal):
    message = _("这份申请已经处理过。")


@transaction.atomic
def join(
    invitation: Invitation, *, name: str, phone: str | None, email: str | None, password: str, at: datetime
) -> Joining:
    """A new person by an invitation: with the role at once, or closed and waiting where somebody must look first.

    Raises InvitationOver, AccountExists.
    """
    held = _still_open(invitation, at)
    taken = (Q(phone=phone) if phone else Q(pk=None)) | (Q(email=email) if email else Q(pk=None))
    if User.objects.filter(taken).exists():
        raise AccountExists
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                free_username(name), name=name, phone=phone, email=email, is_active=not held.needs_approval
            )
    except IntegrityError as error:  # somebody else came with the same number in this very moment
        raise AccountExists from error
    put_password(user, password, at=at)
    return _enter(held, user, is_new=True, at=at)


@transaction.atomic
def join_as(user: User, invitation: Invitation, *, at: datetime) -> Joining:
    """Somebody who has an account here already. Raises InvitationOver, AlreadyHere."""
    held = _still_open(invitation, at)
    if held.joinings.filter(user=user).exists() or user.grants.filter(unit=held.unit, role=held.role).exists():
        raise AlreadyHere
    return _enter(held, user, is_new=False, at=at)


@transaction.atomic
def accept(joining: Joining, *, by: User, at: datetime) -> None:
    """The person is in. Raises MayNotDecide, AlreadyDecided."""
    held = _undecided(joining, by)
    user = held.user
    if held.is_new_account and not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
    _decide(held, State.ACCEPTED, by=by, at=at)
    _take_in(held, by=by)


@transaction.atomic
def refuse(joining: Joining, *, by: User, at: datetime) -> None:
    """The person stays out. An account made for this stays closed and forgets how to reach them, so they may try again.

    Raises MayNotDecide, AlreadyDecided.
    """
    held = _undecided(joining, by)
    if held.is_new_account:
        held.user.phone = held.user.email = None
        held.user.save(update_fields=["phone", "email"])
    _decide(held, State.REFUSED, by=by, at=at)


def _still_open(invitation: Invitation, at: datetime) -> Invitation:
    # The lock makes two who come for the last place queue up.
    held = Invitation.objects.select_for_update(of=("self",)).open(at).select_related("unit").filter(pk=invitation.pk)
    found = held.first()
    if found is None or found.unit.closed_on:
        raise InvitationOver
    if found.max_uses is not None and found.joinings.counted().count() >= found.max_uses:
        raise InvitationOver
    return found


def _enter(invitation: Invitation, user: User, *, is_new: bool, at: datetime) -> Joining:
    state = State.WAITING if invitation.needs_approval else State.ACCEPTED
    made = Joining.objects.create(invitation=invitation, user=user, state=state, is_new_account=is_new)
    record("joining.asked", of=made, by=user, details={"invitation": invitation.pk, "state": state})
    if state == State.ACCEPTED:
        _take_in(made, by=invitation.created_by)
    else:
        later("access.announce_joining", joining_id=made.pk)
    return made


def _take_in(joining: Joining, *, by: User | None) -> None:
    # Somebody may have given the role while the person waited.
    with suppress(AlreadyGranted):
        put_grant(joining.user, joining.invitation.role, joining.invitation.unit, by=by)
    later("members.link_account", user_id=joining.user_id)


def _undecided(joining: Joining, by: User) -> Joining:
    held = (
        Joining.objects.select_for_update(of=("self",))
        .select_related("invitation__unit", "invitation__created_by", "user")
        .get(pk=joining.pk)
    )
    # As for inviting: who becomes a secretary, only the administrator decides.
    verb = "access.grant" if held.invitation.role == Role.SECRETARY else "access.invite"
    if not may(by, verb, held.invitation.unit):
        raise MayNotDecide(unit=held.invitation.unit)
    if held.state != State.WAITING:
        raise AlreadyDecided
    return held


def _decide(joining: Joining, state: str, *, by: User, at: datetime) -> None:
    joining.state, joining.decided_by, joining.decided_at = state, by, at
    joining.save(update_fields=["state", "decided_by", "decided_at"])
    record(f"joining.{state}", of=joining, by=by)
