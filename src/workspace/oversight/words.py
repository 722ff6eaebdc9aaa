"""What stands in a line's details, for people: the names of its parts, and its values."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

KEYS = {
    "account": _("账号"),
    "activity": _("活动"),
    "address": _("网络地址"),
    "arrears": _("欠交名单"),
    "basis": _("依据"),
    "bytes": _("字节数"),
    "characters": _("字数"),
    "closed_on": _("撤销日期"),
    "correction": _("更正申请编号"),
    "dashboard": _("看板"),
    "digest": _("指纹"),
    "ended": _("结束的会话"),
    "entry": _("记录编号"),
    "fault": _("异常"),
    "field": _("字段"),
    "fields": _("修改的字段"),
    "file": _("文件"),
    "filters": _("筛选条件"),
    "first": _("首次填写"),
    "form": _("格式"),
    "from": _("原上级"),
    "hint": _("令牌开头"),
    "hours": _("学时"),
    "invitation": _("邀请"),
    "item": _("指标"),
    "kind": _("类别"),
    "kinds": _("活动类型"),
    "left": _("剩余备用码"),
    "left_on": _("离开日期"),
    "locked": _("已锁定"),
    "member": _("党员编号"),
    "members": _("人数"),
    "method": _("方式"),
    "month": _("月份"),
    "motion": _("议题"),
    "needs_approval": _("需要审核"),
    "note": _("说明"),
    "obligations": _("应开展事项"),
    "on": _("日期"),
    "parent": _("上级"),
    "passed": _("通过"),
    "payer": _("交纳人"),
    "people": _("人数"),
    "position": _("序号"),
    "post": _("职务"),
    "private": _("不公开"),
    "reason": _("原因"),
    "replaced": _("替换了"),
    "reply": _("回复编号"),
    "role": _("角色"),
    "rows": _("行数"),
    "scopes": _("权限范围"),
    "sha256": "SHA-256",
    "since": _("起"),
    "source": _("来源"),
    "state": _("状态"),
    "to": _("新上级"),
    "told": _("已通知"),
    "type": _("类型"),
    "unit": _("党组织"),
    "until": _("止"),
    "user": _("账号编号"),
    "vote": _("表决编号"),
    "whole": _("包含完整号码"),
    "why": _("原因"),
    "year": _("年份"),
}
# Fields of records that are changed, where the model itself has no words for them.
FIELDS = {
    "email": _("邮箱"),
    "phone": _("手机号"),
    "name": _("姓名"),
    "username": _("用户名"),
    "language": _("语言"),
    "title": _("标题"),
    "starts_at": _("开始时间"),
    "ends_at": _("结束时间"),
    "place": _("地点"),
    "online_url": _("线上会议地址"),
    "kinds": _("活动类型"),
    "unit": _("所在党支部"),
}
FAULTS = {
    "broken": _("内容与封存时不一致"),
    "missing": _("缺少记录"),
    "cut": _("末尾的记录被删去"),
    "rewritten": _("从此前某处起被整体改写"),
    "unguarded": _("数据库的防改写设置被改动"),
}

# What the auditors are told at once, by the kind of fault.
TOLD = {
    "broken": _("审计记录第 {number} 条的内容与封存时不一致。"),
    "missing": _("审计记录缺少第 {number} 条。"),
    "cut": _("审计记录末尾从第 {number} 条起被删去。"),
    "rewritten": _("审计记录第 {number} 条及以前被整体改写。"),
    "unguarded": _("数据库里防止审计记录被改写的设置被改动；现有 {number} 条记录未发现与封存时不一致。"),
}


def key(name: str) -> str:
    return str(KEYS.get(name, name))


def value(found: Any) -> str:
    """A value of JSON as a person reads it."""
    if found is None or found == "" or found == []:
        return gettext("空")
    if isinstance(found, bool):
        return gettext("是") if found else gettext("否")
    if isinstance(found, list):
        return "、".join(value(one) for one in found)
    if isinstance(found, dict):
        return "；".join(f"{key(name)}：{value(one)}" for name, one in found.items())
    return _local(str(found))


def _local(text: str) -> str:
    """An instant is said in the time of the place."""
    if len(text) >= 19 and text[4:5] == "-" and "T" in text:
        try:
            return f"{timezone.localtime(datetime.fromisoformat(text)):%Y-%m-%d %H:%M}"
        except ValueError:
            return text
    return text


def span(since: date | None, until: date | None) -> str:
    return f"{since or ''}–{until or ''}" if since or until else ""
