"""What can happen to an archive: asked for, agreed to, finished or failed, taken, deleted, expired."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shared.queue import later
from shared.refusals import NotAllowed, Refusal
from workspace.access.actions import consents
from workspace.access.models import Consent
from workspace.accounts.models import User
from workspace.archives import files
from workspace.archives.consents import VERB
from workspace.archives.models import Archive
from workspace.audit import actions as audit
from workspace.members.actions.exporting import ROWS_ALONE
from workspace.members.models import Member
from workspace.organization.models import Unit

KEPT = 3  # finished archives
LIFETIME = timedelta(days=7)
State = Archive.State


class OneAtATime(Refusal):
    message = _("已有一份存档正在等复核或导出，请等它完成，或先撤回、取消。")


class NotReady(Refusal):
    message = _("这份存档还没有导出完成，不能下载。")


class FileGone(Refusal):
    message = _("存档文件已经不在了，请重新导出。")
    status = 410


class OnlyForTheWhole(NotAllowed):
    message = _("只有整个单位的管理员可以导出全部数据。")


def takes_two() -> bool:
    """Whether so many people are in it that another one must agree first."""
    return Member.objects.count() > ROWS_ALONE


@transaction.atomic
def ask(*, by: User, reason: str = "", at: datetime) -> Archive:
    """Have the worker make one; of more than ROWS_ALONE people once another administrator agrees, or, where there is
    none, after a time of notice (`archives.consents`). Raises OneAtATime, and what `consents.ask` raises.
    """
    _forget_lapsed(at)
    if Archive.objects.filter(state__in=(State.ASKED, State.WAITING)).exists():
        raise OneAtATime
    made = Archive(token=files.new_token(), by=by, by_name=by.name, asked_at=at)
    if takes_two():
        details = {"rows": Member.objects.count()}
        made.state = State.ASKED
        made.consent = consents.ask(VERB, Unit.objects.get(depth=1), by=by, reason=reason, details=details, at=at)
    _keep(made)
    audit.record("archive.asked", of=made, by=by)
    if made.state == State.WAITING:
        later("archives.make", archive_id=made.pk)
    return made


def begin(consent: Consent) -> None:
    """It was agreed to: have the worker make it. Raises OneAtATime while another one is being made."""
    for archive in Archive.objects.select_for_update().filter(consent=consent, state=State.ASKED):
        archive.state = State.WAITING
        _keep(archive)
        later("archives.make", archive_id=archive.pk)


def _keep(archive: Archive) -> None:
    try:
        with transaction.atomic():
            archive.save()
    except IntegrityError as error:
        raise OneAtATime from error


def _forget_lapsed(at: datetime) -> None:
    """Asked for, and nobody decided in time: the way is free for the next."""
    Archive.objects.filter(state=State.ASKED, consent__ends_at__lte=at).delete()


@transaction.atomic
def finish(archive: Archive, *, rows: int, at: datetime) -> None:
    """The file is there. Older ones go when there are more than KEPT."""
    path = files.path_of(archive.token)
    archive.state, archive.finished_at, archive.expires_at = State.DONE, at, at + LIFETIME
    archive.bytes, archive.digest = path.stat().st_size, files.digest_of(path)
    archive.save(update_fields=["state", "finished_at", "expires_at", "bytes", "digest"])
    details = {"bytes": archive.bytes, "rows": rows, "sha256": archive.digest}
    audit.record("archive.made", of=archive, by=archive.by, details=details)
    for old in Archive.objects.filter(state=State.DONE).order_by("-finished_at")[KEPT:]:
        _let_go(old, "archive.expired", by=None)
    for failed in Archive.objects.filter(state__in=(State.FAILED, State.REFUSED)):
        _let_go(failed, "", by=None)


@transaction.atomic
def fail(archive: Archive, *, why: str, at: datetime) -> None:
    archive.state, archive.finished_at, archive.failure = State.FAILED, at, why[:200]
    archive.save(update_fields=["state", "finished_at", "failure"])
    audit.record("archive.failed", of=archive, by=archive.by, details={"why": archive.failure})


@transaction.atomic
def take(archive: Archive, *, by: User) -> None:
    """Note that somebody downloads it. Raises NotReady, FileGone."""
    if archive.state != State.DONE:
        raise NotReady
    if not files.path_of(archive.token).is_file():
        raise FileGone
    audit.record("archive.taken", of=archive, by=by, details={"sha256": archive.digest})


@transaction.atomic
def delete(archive: Archive, *, by: User) -> None:
    """The file goes with the row. One that is being made is cancelled: the worker finds no row to finish. One that
    waits for a second person is taken back. Raises consents.NotYours where somebody else asked for that."""
    if archive.state == State.ASKED and archive.consent:
        consents.withdraw(archive.consent, by=by)
        return
    _let_go(archive, "archive.deleted", by=by)


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """Let expired archives go, and files that no row speaks of once they are as old. Returns how many went."""
    known = set(Archive.objects.values_list("token", flat=True))
    expired = list(Archive.objects.filter(expires_at__lte=at))
    for old in expired:
        _let_go(old, "archive.expired", by=None)
    lost = set(files.lying(before=at - LIFETIME)) - known
    for token in lost:
        files.remove(files.all_of(token))
    return len(expired) + len(lost)


def _let_go(archive: Archive, verb: str, *, by: User | None) -> None:
    if verb:
        audit.record(verb, of=archive, by=by)
    paths = files.all_of(archive.token)
    archive.delete()
    transaction.on_commit(lambda: files.remove(paths))
