"""What a line of the record can be about."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "accounts.user": _("账号"),
    "accounts.token": _("API 令牌"),
    "access.grant": _("授权"),
    "access.ownrole": _("自建角色"),
    "access.invitation": _("邀请"),
    "access.joining": _("加入申请"),
    "access.consent": _("双人复核"),
    "organization.unit": _("党组织"),
    "members.member": _("党员"),
    "members.batch": _("导入批次"),
    "activities.activity": _("活动"),
    "activities.obligation": _("应开展事项"),
    "activities.resolution": _("决议"),
    "activities.calendarfeed": _("日历订阅"),
    "dues.basis": _("党费核定"),
    "dues.payment": _("党费记录"),
    "learning.studyrecord": _("学时记录"),
    "development.case": _("发展档案"),
    "transfers.transfer": _("组织关系转接"),
    "elections.election": _("换届"),
    "appraisal.appraisal": _("民主评议"),
    "transfers.absence": _("外出登记"),
    "voice.topic": _("提问与建议"),
    "indicators.contest": _("指标异议"),
    "archives.archive": _("整库存档"),
    "archives.schedule": _("定期导出"),
}
