"""Accounts of other people, as an administrator keeps them."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed, Refusal
from workspace.access.actions.last import keep_an_administrator
from workspace.access.actions.taking import take_away
from workspace.access.models import Grant
from workspace.access.queries import may
from workspace.accounts import links, sessions
from workspace.accounts.models import User
from workspace.audit.actions import record
from workspace.organization.models import Unit


class OnlyAdministrators(NotAllowed):
    message = _("只有单位管理员或系统管理员可以停用账号或发放登录链接。")


class NotYourself(Refusal):
    message = _("不能对自己的账号这样做，请由另一位管理员操作。")


class AccountClosed(Refusal):
    message = _("这个账号已停用，请先恢复。")


@transaction.atomic
def close_account(user: User, *, by: User) -> None:
    """The person is out at their next request; roles and history stay, and nobody stands in for them any more.

    Raises OnlyAdministrators, NotYourself, LastAdministrator.
    """
    _ask(by, user)
    keep_an_administrator(without=user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    sessions.end_others(user, keep=None)
    # What others do in this person's stead ends with them.
    for lent in Grant.objects.filter(delegated_from__user=user).select_related("user", "unit"):
        take_away(lent, by=by)
    record("account.closed", of=user, by=by)


@transaction.atomic
def reopen_account(user: User, *, by: User) -> None:
    """The person may sign in again, with the password and roles they had."""
    _ask(by, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("account.reopened", of=user, by=by)


@transaction.atomic
def make_link(user: User, *, by: User) -> str:
    """The path of a one-time link for somebody without a mailbox, to be handed over in person.

    It sets a password and nothing else: a second factor is still asked. On the record, like everything done to others.
    """
    _ask(by, user)
    if not user.is_active:
        raise AccountClosed
    record("account.link_made", of=user, by=by)
    return links.path_for(user, "reset" if user.has_usable_password() else "activate")


def _ask(by: User, user: User) -> None:
    if not may(by, "access.account", Unit.objects.get(depth=1)):
        raise OnlyAdministrators
    if by.pk == user.pk:
        raise NotYourself
