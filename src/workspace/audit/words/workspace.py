"""The workspace itself: archives, opening, restoring, closing, and the record's own."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {"workspace": _("工作空间与存档"), "audit": _("审计")}
FAMILIES: dict[str, dict[str, Promise]] = {
    "workspace": {
        "workspace.opened": _("开通工作空间"),
        "workspace.closing_asked": _("申请关闭工作空间"),
        "workspace.closing_withdrawn": _("撤销关闭申请"),
        "workspace.restored": _("从存档恢复"),
        "workspace.returned": _("换回恢复前的内容"),
        "workspace.cloned": _("由其他空间复制"),
        "archive.asked": _("申请整库导出"),
        "archive.made": _("整库导出完成"),
        "archive.failed": _("整库导出未完成"),
        "archive.taken": _("下载整库存档"),
        "archive.deleted": _("删除整库存档"),
        "archive.expired": _("整库存档到期清理"),
        "schedule.set": _("设定定期导出"),
        "schedule.paused": _("暂停定期导出"),
        "schedule.resumed": _("恢复定期导出"),
        "schedule.renewed": _("申请续期定期导出"),
        "schedule.agreed": _("同意定期导出"),
        "schedule.deleted": _("删除定期导出"),
        "schedule.made": _("定期导出完成"),
        "schedule.skipped": _("定期导出未执行"),
        "schedule.taken": _("下载定期导出的文件"),
    },
    "audit": {
        "audit.exported": _("导出审计记录"),
        "audit.verified": _("审计记录校验通过"),
        "audit.broken": _("审计记录校验未通过"),
    },
}
