"""Appraisals, from the self-review to the timeline."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {"appraisal": _("民主评议")}
FAMILIES: dict[str, dict[str, Promise]] = {
    "appraisal": {
        "appraisal.opened": _("开始民主评议"),
        "appraisal.changed": _("修改民主评议安排"),
        "appraisal.person_changed": _("调整党员参加评议的方式"),
        "appraisal.reviewed": _("写自评"),
        "appraisal.paper_noted": _("登记纸质自评"),
        "appraisal.mutual_begun": _("开始互评"),
        "appraisal.opined": _("写互评意见"),
        "appraisal.ballot_begun": _("开始民主测评"),
        "appraisal.voted": _("投测评票"),
        "appraisal.counted": _("登记测评结果"),
        "appraisal.graded": _("评定等次"),
        "appraisal.announced": _("公布评议结果"),
        "appraisal.closed": _("民主评议归档"),
        "appraisal.undone": _("撤回民主评议的一步"),
        "appraisal.cancelled": _("取消民主评议"),
        "appraisals.exported": _("导出民主评议清单"),
    }
}
