"""Join a member of the register and the account that the same person signs in with."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.access.models import Grant
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.models import Member
from workspace.members.models.lexemes import folded


class AlreadyLinked(Refusal):
    message = _("{member}或这个账号已经关联过，请先解除原来的关联。")


class NotLinked(Refusal):
    message = _("{member}没有关联账号。")


@transaction.atomic
def link(member: Member, user: User, *, by: User | None) -> None:
    """Raises AlreadyLinked."""
    now = Member.objects.select_for_update().get(pk=member.pk)
    if now.user_id or Member.objects.filter(user=user).exists():
        raise AlreadyLinked(member=now)
    now.user = user
    now.save(update_fields=["user"])
    audit.record("member.linked", of=now, by=by, details={"account": user.username})


@transaction.atomic
def unlink(member: Member, *, by: User) -> None:
    """Raises NotLinked."""
    now = Member.objects.select_for_update(of=("self",)).select_related("user").get(pk=member.pk)
    if now.user is None:
        raise NotLinked(member=now)
    account, now.user = now.user.username, None
    now.save(update_fields=["user"])
    audit.record("member.unlinked", of=now, by=by, details={"account": account})


@transaction.atomic
def link_account(user: User) -> Member | None:
    """Link a person who has just joined to their line in the register; None when that is not certain.

    Certain means: within the units that their roles stand on, one present member without an account has the same
    name and the same phone. A phone typed by a stranger must not open somebody's record, so the units count too.
    """
    if not user.phone or Member.objects.filter(user=user).exists():
        return None
    units = list(Grant.objects.filter(user=user).select_related("unit"))
    found = {
        member.pk: member
        for grant in units
        for member in Member.objects.present().below(grant.unit).matching(user.phone).filter(user=None)
        if folded(member.name) == folded(user.name)
    }
    if len(found) != 1:
        return None
    (member,) = found.values()
    link(member, user, by=user)
    return member
