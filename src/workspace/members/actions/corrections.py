"""Ask for one's own data to be put right; accept or refuse what was asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.clock import now
from shared.refusals import NotAllowed, Refusal
from shared.workspace import current_workspace
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.inbox.models import Message
from workspace.members.actions import records
from workspace.members.models import Correction, Member
from workspace.members.queries.corrections import Wish, deciders, hidden, wishes
from workspace.members.queries.masking import MASKS
from workspace.members.queries.stored import from_stored, to_stored

State = Correction.State
SHORTEST_REASON = 2


class NotYours(NotAllowed):
    message = _("只能申请更正本人的资料。")


class NothingToCorrect(Refusal):
    message = _("填写的内容与登记的一致，不需要更正。")
    status = 400


class AlreadyAsked(Refusal):
    message = _("这一项已经申请过更正，正在等待处理。")


class AlreadyDecided(Refusal):
    message = _("这项申请已经处理过，或已由本人撤回。")


class ReasonNeeded(Refusal):
    message = _("请写明理由，本人会看到。")
    status = 400


class ChangedSince(Refusal):
    message = _("申请之后这项资料已经改过，请与本人核对；不再需要的，可以不采纳并说明。")


@transaction.atomic
def ask(member: Member, values: Mapping[str, Any], *, reason: str, by: User) -> Correction:
    """A member asks for columns to say something else; who decides is told. `values` are as the model holds them.

    Raises NotYours, NothingToCorrect, AlreadyAsked, ReasonNeeded.
    """
    if member.user_id != by.pk:
        raise NotYours
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonNeeded
    row = Member.objects.select_for_update(of=("self",)).select_related("unit").get(pk=member.pk)
    wanted = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not wanted:
        raise NothingToCorrect
    if any(set(wanted) & set(each.fields) for each in row.corrections.waiting()):
        raise AlreadyAsked
    fields = {name: [to_stored(getattr(row, name)), to_stored(value)] for name, value in wanted.items()}
    made = Correction.objects.create(member=row, fields=fields, reason=reason.strip()[:200], asked_at=now())
    audit.record("member.correction_asked", of=row, by=by, details={"fields": sorted(fields), "correction": made.pk})
    _tell(
        deciders(row),
        gettext("{name}申请更正资料").format(name=row.name),
        made.reason,
        f"/members/corrections/{made.pk}/",
    )
    return made


@transaction.atomic
def look(correction: Correction, *, by: User) -> list[Wish]:
    """What the one who decides reads: while it waits, what was asked in full, which leaves a line for each hidden
    fact; what is registered stays masked. Where nothing can be decided or written down, all of it is masked."""
    if not correction.is_waiting or current_workspace().read_only:
        return list(wishes(correction))
    for name in hidden(correction):
        told = {"field": name, "correction": correction.pk}
        audit.record("member.unmasked", of=correction.member, by=by, details=told)
    return list(wishes(correction, asked=True))


@transaction.atomic
def accept(correction: Correction, *, reason: str, by: User) -> None:
    """Write what was asked, the way any change is written. Raises AlreadyDecided, ChangedSince, and as that does."""
    row, member = _waiting(correction)
    values = {name: from_stored(name, new) for name, (_old, new) in row.fields.items()}
    if any(to_stored(getattr(member, name)) != old for name, (old, _new) in row.fields.items()):
        raise ChangedSince
    basis = gettext("本人申请更正：{reason}").format(reason=row.reason)
    records.change(member, values, by=by, seen_at=member.updated_at, basis=basis[:200])
    _decide(row, member, State.ACCEPTED, reason, by=by)


@transaction.atomic
def refuse(correction: Correction, *, reason: str, by: User) -> None:
    """Nothing changes; the member reads why. Raises AlreadyDecided, ReasonNeeded."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonNeeded
    row, member = _waiting(correction)
    _decide(row, member, State.REFUSED, reason, by=by)


@transaction.atomic
def withdraw(correction: Correction, *, by: User) -> None:
    """The member no longer asks. Raises NotYours, AlreadyDecided."""
    row, member = _waiting(correction)
    if member.user_id != by.pk:
        raise NotYours
    _close(row, State.WITHDRAWN, "", by=by)
    audit.record("member.correction_withdrawn", of=member, by=by, details={"correction": row.pk})


def _waiting(correction: Correction) -> tuple[Correction, Member]:
    row = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    if not row.is_waiting:
        raise AlreadyDecided
    return row, Member.objects.select_related("unit").get(pk=row.member_id)


def _decide(row: Correction, member: Member, state: State, reason: str, *, by: User) -> None:
    names = sorted(row.fields)
    _close(row, state, reason, by=by)
    details = {"fields": names, "correction": row.pk, "state": state.value, "reason": row.answer}
    audit.record("member.correction_decided", of=member, by=by, details=details)
    if member.user_id:
        title = gettext("您申请的更正：{state}").format(state=state.label)
        _tell([member.user_id], title, row.answer, "/members/me/corrections/")


def _close(row: Correction, state: State, reason: str, *, by: User) -> None:
    """Numbers that are personal are kept no longer than the question is open."""
    row.fields = {
        name: [MASKS[name](value) if value else value for value in pair] if name in MASKS else pair
        for name, pair in row.fields.items()
    }
    row.state, row.answer, row.decided_by, row.decided_at = state, reason.strip()[:200], by, now()
    row.save(update_fields=["fields", "state", "answer", "decided_by", "decided_at"])


def _tell(people: Iterable[int], title: str, body: str, link: str) -> None:
    Message.objects.bulk_create(Message(to_id=key, title=title[:120], body=body, link=link) for key in people)
