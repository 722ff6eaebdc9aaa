"""Tell the operators of tasks whose jobs failed for good: in their record, and by mail to whoever runs the platform."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from console.actions import entries
from console.models import Alarm
from console.queries.health import failed_jobs
from shared import queue
from shared.workspace import absolute_url
from tenants.models import Tenant
from workspace.usage import Proof

# Once about one task in so long, however often it fails.
AT_MOST_EVERY = timedelta(hours=1)
# A name that is no task of ours was made up by whoever asked for it, and is repeated to nobody.
UNKNOWN = "unknown"


@transaction.atomic
def tell(*, at: datetime) -> list[str]:
    """Give the alarms that are due. Returns of which tasks."""
    given = {alarm.task_name: alarm for alarm in Alarm.objects.all()}
    due = []
    for name, (newest, number) in sorted(_failures().items()):
        last = given.get(name)
        if last and (newest <= last.newest_at or at - last.given_at < AT_MOST_EVERY):
            continue
        Alarm.objects.update_or_create(task_name=name, defaults={"given_at": at, "newest_at": newest})
        entries.record("job.failed", thing=f"task:{name}", label=name, by=None, details={"jobs": number})
        queue.later("console.mail_alarm", task_name=name, number=number)
        due.append(name)
    return due


def record_is_broken(tenant: Tenant, proof: Proof) -> None:
    """A workspace's record does not fit its chain or a mark of an earlier day. Told at every verification."""
    fault = proof.fault
    if fault is None:
        return
    details = {"fault": fault.kind, "position": fault.position, "rows": proof.count}
    entries.record("record.broken", thing=f"workspace:{tenant.uuid}", label=tenant.name, by=None, details=details)
    queue.later("console.mail_broken_record", tenant=str(tenant.uuid), fault=fault.kind, position=fault.position)


def mail_broken_record(tenant: Tenant, *, fault: str, position: int) -> None:
    """Which workspace and from which row on; nothing of what was written there."""
    if not settings.OPERATOR_CONTACT:
        return
    where = _("防改写设置被改动") if fault == "unguarded" else _("自第 {position} 条起有异常")
    what = where.format(position=position)
    send_mail(
        _("【同心】审计记录校验未通过：{name}").format(name=tenant.name),
        _(
            "“{name}”（{slug}）的审计记录校验未通过：{what}（{fault}）。\n\n"
            "请保留现场，按运维手册“审计记录被改动”一节处理；单位的审计人员已收到消息。\n"
        ).format(name=tenant.name, slug=tenant.slug, what=what, fault=fault),
        None,
        [settings.OPERATOR_CONTACT],
    )


def _failures() -> dict[str, tuple[datetime, int]]:
    """Task → when its newest failure was, and how many there are."""
    found: dict[str, tuple[datetime, int]] = {}
    rows = failed_jobs().filter(failed_at__isnull=False).values("task_name")
    for row in rows.annotate(newest=Max("failed_at"), number=Count("pk")):
        known = row["task_name"].removesuffix(".everywhere") in queue.registry
        name = row["task_name"] if known else UNKNOWN
        newest, number = found.get(name, (row["newest"], 0))
        found[name] = max(newest, row["newest"]), number + row["number"]
    return found


def mail(task_name: str, *, number: int) -> None:
    """One mail about one task, without anything that its jobs carry."""
    if not settings.OPERATOR_CONTACT:
        return
    send_mail(
        _("【同心】后台任务失败：{name}").format(name=task_name),
        _(
            "有 {number} 个“{name}”任务用完了重试次数，已经停下，等待处理。\n\n"
            "原因见控制台的“运行状况”，可以重试或丢弃：\n{url}\n\n同一种任务一小时内只发一封。\n"
        ).format(number=number, name=task_name, url=absolute_url(settings.CONSOLE_LABEL, "/health/")),
        None,
        [settings.OPERATOR_CONTACT],
    )
