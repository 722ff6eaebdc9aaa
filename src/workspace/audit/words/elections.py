"""Elections of committees, from the request to the filing."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {"election": _("换届选举")}
FAMILIES: dict[str, dict[str, Promise]] = {
    "election": {
        "election.opened": _("开始办理换届"),
        "election.changed": _("修改换届安排"),
        "election.asked": _("向上级报送换届事项"),
        "election.withdrawn": _("撤回报送的换届事项"),
        "election.approved": _("批复换届事项"),
        "election.returned": _("退回换届事项"),
        "election.roll_amended": _("调整有选举权的党员名单"),
        "election.roll_restored": _("撤销名单调整"),
        "election.nominated": _("确定换届候选人"),
        "election.meeting_opened": _("登记换届党员大会"),
        "election.counted": _("登记选举计票结果"),
        "election.seats_left_open": _("换届缺额暂不补选"),
        "election.work_shared": _("登记委员分工"),
        "election.undone": _("撤回换届的一步"),
        "election.cancelled": _("取消换届"),
        "election.finished": _("换届办结"),
        "elections.exported": _("导出换届清单"),
    }
}
