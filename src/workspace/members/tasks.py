"""Work for later: load ids, call one action."""

from shared.clock import now, today
from shared.queue import task
from workspace.accounts.models import User
from workspace.members.actions import linking
from workspace.members.actions.imports import rehearsing, running
from workspace.members.actions.merging import undoing


@task("members.link_account")
def link_account(user_id: int) -> None:
    """After somebody joined: find their line in the register."""
    user = User.objects.filter(pk=user_id).first()
    if user:
        linking.link_account(user)


@task("members.judge_batch")
def judge_batch(batch_id: int) -> None:
    """Some hundred rows of a long dry run; it asks for itself again until none is left."""
    rehearsing.judge_some(batch_id, on=today())


@task("members.import_batch")
def import_batch(batch_id: int) -> None:
    """Some hundred rows of an import; it asks for itself again until none is left."""
    running.run_some(batch_id, on=today(), at=now())


@task("members.forget_merges", cron="50 2 * * *")
def forget_merges() -> None:
    """What taking a merge back would need goes when its time is over."""
    undoing.forget(at=now())
