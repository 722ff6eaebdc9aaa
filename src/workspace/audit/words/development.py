"""Development cases and the yearly plan of admissions."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {"development": _("发展党员")}
FAMILIES: dict[str, dict[str, Promise]] = {
    "development": {
        "development.opened": _("建立发展档案"),
        "development.taken_over": _("导入在办发展档案"),
        "development.imported": _("批量导入在办发展档案"),
        "development.step_recorded": _("登记发展党员步骤"),
        "development.step_undone": _("撤回发展党员步骤"),
        "development.notice_reported": _("登记公示情况"),
        "development.papers_kept": _("登记发展党员材料"),
        "development.special": _("调整审批时限"),
        "development.stopped": _("停止发展档案"),
        "development.reopened": _("恢复发展档案"),
        "development.ended": _("发展档案办结"),
        "development.exported": _("导出发展党员清单"),
        "development.file_exported": _("导出发展档案"),
        "development.quota_set": _("下达发展计划"),
        "development.quota_taken_back": _("收回发展计划"),
    }
}
