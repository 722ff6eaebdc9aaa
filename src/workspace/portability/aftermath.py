"""After content came back, in the workspace as it stands now: say so, and go on with what was under way."""

from typing import Any

from shared.queue import later
from workspace.audit import actions as audit
from workspace.members.models import Batch
from workspace.organization.models import Unit
from workspace.portability import schema


def came_back(verb: str, details: dict[str, Any]) -> None:
    """A line in the record, and a new job for every import that the archive caught in the middle: its own job is not in
    the archive."""
    root = Unit.objects.filter(depth=1).order_by("path").first()
    if root and schema.is_kept():
        audit.record(verb, of=root, by=None, details=details)
    elif root:
        schema.add_old_line(verb, kind=root._meta.label_lower, thing=str(root.pk), label=str(root), details=details)
    jobs = {Batch.State.JUDGING: "members.judge_batch", Batch.State.RUNNING: "members.import_batch"}
    for key, state in Batch.objects.filter(state__in=jobs).values_list("pk", "state"):
        later(jobs[Batch.State(state)], batch_id=key)
