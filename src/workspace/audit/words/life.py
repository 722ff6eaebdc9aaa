"""Organisation life, dues, learning, questions and ideas, dashboards."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {
    "activity": _("组织生活"),
    "dues": _("党费"),
    "learning": _("学习"),
    "voice": _("提问与建议"),
    "indicators": _("六个一目了然"),
}
FAMILIES: dict[str, dict[str, Promise]] = {
    "activity": {
        "activity.planned": _("安排活动"),
        "activity.changed": _("修改活动"),
        "activity.cancelled": _("取消活动"),
        "activity.notified": _("发送活动通知"),
        "activity.check_in_opened": _("打开签到"),
        "activity.check_in_closed": _("关闭签到"),
        "activity.checked_in": _("签到"),
        "activity.check_in_undone": _("撤销签到"),
        "activity.minutes_written": _("填写会议记录"),
        "activity.vote_counted": _("登记表决"),
        "activity.vote_struck": _("删除表决"),
        "activity.closed": _("活动归档"),
        "activity.reopened": _("重新打开活动记录"),
        "resolution.made": _("形成决议"),
        "resolution.struck": _("删除决议"),
        "resolution.done": _("决议办结"),
        "resolution.taken_up_again": _("决议重新办理"),
        "obligation.exempted": _("豁免应开展事项"),
        "obligation.exemption_withdrawn": _("撤销豁免"),
        "calendar_feed.given": _("生成日历订阅地址"),
        "calendar_feed.withdrawn": _("停用日历订阅地址"),
    },
    "dues": {
        "dues.assessed": _("核定党费"),
        "dues.paid": _("登记交纳党费"),
        "dues.waived": _("登记减免党费"),
        "dues.payment_undone": _("撤销党费登记"),
        "dues.reminded": _("提醒交纳党费"),
        "dues.exported": _("导出党费"),
    },
    "learning": {
        "study.certified": _("认定学时"),
        "study.certification_undone": _("撤销学时认定"),
        "study.added": _("补登学时"),
        "study.undone": _("撤销补登学时"),
        "study.exported": _("导出学时"),
    },
    "voice": {
        "topic.asked": _("提问或建议"),
        "topic.replied": _("回复"),
        "topic.answered": _("答复"),
        "topic.adopted": _("采纳建议"),
        "topic.declined": _("未采纳建议"),
    },
    "indicators": {
        "contest.opened": _("对指标提出异议"),
        "contest.answered": _("答复指标异议"),
    },
}
