"""Verify the record, say in the record that it was verified, and tell the auditors when it is broken.

Called by the platform (door 3), which holds the marks of earlier days and looks at the wall around the table.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from workspace.audit import actions as audit
from workspace.audit import chain
from workspace.audit.chain import Fault, Head
from workspace.audit.models import Entry
from workspace.inbox.models import Message
from workspace.organization.models import Unit
from workspace.oversight import words
from workspace.oversight.queries.visibility import auditors

VERIFIED, BROKEN = "audit.verified", "audit.broken"
# With nothing new it is still verified every night, and written down this often.
AT_LEAST_EVERY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a verification found: sealed rows, the last link, and the first fault where there is one."""

    count: int
    digest: str
    fault: Fault | None = None

    @property
    def fingerprint(self) -> str:
        return Head(self.count, self.digest).fingerprint


@transaction.atomic
def prove(marks: list[Head], *, guarded: bool, at: datetime, asked: bool = False) -> Proof:
    """Seal what is new, walk the chain, compare it with the marks. `guarded`: the wall around the table stands."""
    chain.extend()
    found = chain.head()
    fault = chain.first_fault() or chain.against([mark for mark in marks if mark.count])
    if fault is None and not guarded:
        fault = Fault("unguarded", found.count)
    proof = Proof(found.count, found.digest, fault)
    last = Entry.objects.filter(verb__in=(VERIFIED, BROKEN)).order_by("-pk").first()
    if fault or asked or _is_worth_a_line(last, proof, at):
        _write_down(proof)
    if fault and not (last and last.verb == BROKEN and last.details.get("fault") == fault.kind):
        _tell(fault)
    return proof


def _is_worth_a_line(last: Entry | None, proof: Proof, at: datetime) -> bool:
    """The line of the last verification is itself a row since then."""
    if last is None:
        return proof.count > 0
    return last.verb == BROKEN or proof.count - last.details["rows"] > 1 or at - last.at >= AT_LEAST_EVERY


def _write_down(proof: Proof) -> None:
    details: dict[str, Any] = {"rows": proof.count, "digest": proof.digest}
    if proof.fault:
        details |= {"fault": proof.fault.kind, "position": proof.fault.position, "entry": proof.fault.entry}
    verb, result = (BROKEN, Entry.Result.FAILED) if proof.fault else (VERIFIED, Entry.Result.DONE)
    audit.record(verb, of=Unit.objects.get(depth=1), by=None, details=details, result=result)


def _tell(fault: Fault) -> None:
    what = words.TOLD[fault.kind].format(number=fault.position)
    body = _("{what}请立即查看审计页面，并联系平台运营方核查。").format(what=what)
    Message.objects.bulk_create(
        Message(to=user, title=_("审计记录校验未通过"), body=body, link="/audit/") for user in auditors()
    )
