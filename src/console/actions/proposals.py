"""Propose what destroys, agree to it as somebody else, or turn it down."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from console.actions import entries
from console.models import Proposal
from console.queries import closings
from provisioning import closing, fallbacks
from shared.queue import later
from shared.refusals import Refusal
from tenants import lifecycle
from tenants.models import Tenant
from workspace.accounts.models import User

Verb = Proposal.Verb


class AlreadyProposed(Refusal):
    message = _("「{tenant}」已有一项同样的申请在等复核，请先复核或收回它。")


class NotNow(Refusal):
    message = _("「{tenant}」现在不能提出这项申请：没有换下的内容、正在恢复，或已有同样的申请在等复核。")


class AlreadyDecided(Refusal):
    message = _("这项申请已经有了结果，请刷新页面查看。")


class OwnProposal(Refusal):
    message = _("自己提出的申请要由另一位运营人员复核，请联系他；不再需要的话，可以收回。")
    status = 403


@transaction.atomic
def propose(tenant: Tenant, verb: str, *, by: User, reason: str, at: datetime) -> Proposal:
    """Write it down for another operator. Raises lifecycle.ReasonMissing, NotNow, AlreadyProposed."""
    if not reason.strip():
        raise lifecycle.ReasonMissing
    if verb not in closings.proposable(tenant):
        raise NotNow(tenant=tenant)
    try:
        with transaction.atomic():
            made = Proposal.objects.create(
                tenant=tenant, verb=verb, reason=reason.strip(), by=by.username, by_name=by.name, at=at
            )
    except IntegrityError as error:
        raise AlreadyProposed(tenant=tenant) from error
    _record(made, "proposed", by=by)
    return made


@transaction.atomic
def agree(proposal: Proposal, *, by: User, at: datetime) -> Proposal:
    """The second person says yes, and it is done. Raises OwnProposal, AlreadyDecided, and what the act raises."""
    held = _decide(proposal, by=by, at=at, agreed=True)
    _ACTS[Verb(held.verb)](held, at)
    _record(held, "agreed", by=by)
    return held


@transaction.atomic
def turn_down(proposal: Proposal, *, by: User, at: datetime) -> Proposal:
    """No, by anybody; whoever proposed it takes it back so. Raises AlreadyDecided."""
    held = _decide(proposal, by=by, at=at, agreed=False)
    _record(held, "turned_down", by=by)
    return held


def _decide(proposal: Proposal, *, by: User, at: datetime, agreed: bool) -> Proposal:
    held = Proposal.objects.select_for_update(of=["self"]).select_related("tenant").get(pk=proposal.pk)
    if held.decided_at:
        raise AlreadyDecided
    if agreed and held.by == by.username:
        raise OwnProposal
    held.decided_by, held.decided_at, held.agreed = by.username, at, agreed
    held.save(update_fields=["decided_by", "decided_at", "agreed"])
    return held


def _close(proposal: Proposal, at: datetime) -> None:
    closing.request(proposal.tenant, by=proposal.by, reason=proposal.reason, at=at)


def _erase(proposal: Proposal, at: datetime) -> None:
    closing.erase_now(proposal.tenant, at=at)


def _back(proposal: Proposal, at: datetime) -> None:
    row = fallbacks.ask_back(proposal.tenant, by=proposal.by, reason=proposal.reason)
    later("provisioning.restore", lock=f"restoring:{row.pk}", restoring_id=row.pk)


def _forget(proposal: Proposal, at: datetime) -> None:
    if not fallbacks.of_tenant(proposal.tenant).exists():
        raise fallbacks.NoFallback(name=proposal.tenant.name)
    later("provisioning.forget", tenant_id=proposal.tenant_id)


_ACTS: dict[Verb, Callable[[Proposal, datetime], Any]] = {
    Verb.CLOSE: _close,
    Verb.ERASE: _erase,
    Verb.BACK: _back,
    Verb.FORGET: _forget,
}


def _record(proposal: Proposal, what: str, *, by: User) -> None:
    entries.record(
        f"proposal.{what}",
        thing=f"workspace:{proposal.tenant.uuid}",
        label=proposal.tenant.name,
        by=by,
        reason=proposal.reason,
        details={"verb": proposal.verb, "proposed_by": proposal.by},
    )
