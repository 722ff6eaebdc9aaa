"""States and records as an operator reads them."""

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from console.models import Step
from shared.codes.regions import PROVINCES
from shared.components.badges import badge
from tenants.models import Tenant

_STATES = {
    Tenant.State.ACTIVE: "good",
    Tenant.State.READ_ONLY: "late",
    Tenant.State.SUSPENDED: "late",
    Tenant.State.CLOSING: "late",
    Tenant.State.FAILED: "bad",
    Tenant.State.PROVISIONING: "info",
    Tenant.State.RESTORING: "info",
}
_STEPS = {Step.CAN_USE: "info", Step.REALLY_USES: "good", Step.USES_WELL: "gold"}

# What the verbs of the operators' record mean. A verb without a line here is shown as it is written.
VERBS = {
    "account.activated": gettext_lazy("激活账号"),
    "account.signed_in": gettext_lazy("登录"),
    "account.signed_out": gettext_lazy("退出登录"),
    "account.sign_in_failed": gettext_lazy("登录失败"),
    "account.locked": gettext_lazy("账号锁定"),
    "account.code_failed": gettext_lazy("验证码错误"),
    "account.factor_added": gettext_lazy("启用第二重验证"),
    "account.factor_removed": gettext_lazy("停用第二重验证"),
    "account.recovery_codes_renewed": gettext_lazy("更换恢复码"),
    "account.recovery_code_used": gettext_lazy("使用恢复码"),
    "account.password_changed": gettext_lazy("修改密码"),
    "account.password_reset": gettext_lazy("重设密码"),
    "account.profile_changed": gettext_lazy("修改个人资料"),
    "account.session_ended": gettext_lazy("结束一个登录"),
    "account.other_sessions_ended": gettext_lazy("结束其他登录"),
    "closing.cancelled": gettext_lazy("撤销关闭"),
    "closing.retried": gettext_lazy("重试关闭"),
    "fleet.begun": gettext_lazy("开始升级"),
    "fleet.paused": gettext_lazy("暂停升级"),
    "fleet.resumed": gettext_lazy("继续升级"),
    "fleet.retried": gettext_lazy("重试升级"),
    "invitation.made": gettext_lazy("发出邀请"),
    "invitation.batch_made": gettext_lazy("批量发出邀请"),
    "invitation.revoked": gettext_lazy("撤回邀请"),
    "invitation.exported": gettext_lazy("导出邀请"),
    "job.discarded": gettext_lazy("丢弃失败的任务"),
    "job.failed": gettext_lazy("任务失败告警"),
    "record.broken": gettext_lazy("审计记录校验未通过"),
    "job.retried": gettext_lazy("重试任务"),
    "opening.retried": gettext_lazy("重试开通"),
    "operator.created": gettext_lazy("新增运营人员"),
    "operator_entries.exported": gettext_lazy("导出运营记录"),
    "proposal.proposed": gettext_lazy("提出申请，待复核"),
    "proposal.agreed": gettext_lazy("复核通过"),
    "proposal.turned_down": gettext_lazy("退回或收回申请"),
    "restoring.resumed": gettext_lazy("继续恢复"),
    "restoring.abandoned": gettext_lazy("放弃恢复"),
    "token.created": gettext_lazy("新建访问令牌"),
    "token.revoked": gettext_lazy("撤销访问令牌"),
    "workspace.counted": gettext_lazy("刷新统计"),
    "workspace.exported": gettext_lazy("导出工作空间清单"),
    "workspace.made_read_only": gettext_lazy("设为只读"),
    "workspace.readdressed": gettext_lazy("更换网址"),
    "workspace.ring_changed": gettext_lazy("调整发布环"),
    "workspace.resumed": gettext_lazy("恢复使用"),
    "workspace.suspended": gettext_lazy("暂停使用"),
}


def state(tenant: Tenant) -> SafeString:
    """The lifecycle state with its colour."""
    known = Tenant.State(tenant.state)
    return badge(known.label, _STATES.get(known, ""))


def step(number: int) -> SafeString:
    """The rung of the adoption ladder."""
    known = Step(number)
    return badge(known.label, _STEPS.get(known, ""))


def region(code: str) -> str:
    """The province's name; what is no known code stands as it is."""
    found = PROVINCES.get(code)
    return found.label(get_language() or "zh-hans") if found else code


def verb(name: str) -> str:
    """What an entry of the record says was done."""
    return str(VERBS.get(name, name))


def actor(name: str) -> str:
    """Who moved or opened a workspace; what no person did is said in words."""
    if name == "platform":
        return _("系统")
    if name == "command line":
        return _("命令行")
    if name.startswith("administrator "):
        return _("单位管理员 {name}").format(name=name.removeprefix("administrator "))
    return _("自行开通") if name.startswith("sign-up ") else name


# What the proof of erasure looked for.
STORES = {
    "schema": pgettext_lazy("store", "独立空间"),
    "role": pgettext_lazy("store", "数据库角色"),
    "tables": pgettext_lazy("store", "数据表"),
    "put aside": pgettext_lazy("store", "恢复时换下的内容"),
    "files": pgettext_lazy("store", "文件"),
    "archive": pgettext_lazy("store", "封存件"),
    "jobs": pgettext_lazy("store", "任务"),
    "key": pgettext_lazy("store", "密钥"),
    "addresses": pgettext_lazy("store", "网址"),
}

# What became of rows that were bound to the original of a copy.
NOTES = {
    "accounts_factor.resealed": gettext_lazy("第二重验证，已重新加密"),
    "accounts_factor.unreadable": gettext_lazy("第二重验证，无法带走"),
    "access_invitation.withdrawn": gettext_lazy("邀请，已撤回"),
    "accounts_token.left_behind": gettext_lazy("API 令牌，未带走"),
    "activities_calendarfeed.left_behind": gettext_lazy("日历订阅，未带走"),
}


def size(number: int) -> str:
    """Bytes in the unit a reader would choose."""
    amount, unit = float(number), "B"
    for larger in ("KB", "MB", "GB", "TB"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    return f"{amount:.0f} {unit}" if amount >= 10 or unit == "B" else f"{amount:.1f} {unit}"


def ticks() -> dict[str, str]:
    """The first five steps of a workspace."""
    return {
        "tree": _("建好组织架构"),
        "members": _("导入党员"),
        "secretaries": _("任命支部书记"),
        "meeting": _("完成首次组织生活"),
        "check_in": _("成员自己签到"),
    }
