"""Look at one hidden fact, and leave a line in the record about it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.models import Member
from workspace.members.queries.masking import MASKS

SHORTEST_REASON = 2


class ReasonMissing(Refusal):
    message = _("请写明查看的原因，查看会留下记录。")
    status = 400


class NothingHidden(Refusal):
    message = _("这一项没有隐藏的内容。")
    status = 400


@transaction.atomic
def unmask(member: Member, field: str, *, reason: str, by: User) -> str:
    """One hidden fact in full. Raises ReasonMissing, NothingHidden."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    if field not in MASKS or not getattr(member, field):
        raise NothingHidden
    audit.record("member.unmasked", of=member, by=by, details={"field": field, "reason": reason.strip()[:200]})
    return str(getattr(member, field))
