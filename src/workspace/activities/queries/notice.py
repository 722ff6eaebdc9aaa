"""The words of a notice, ready for a chat group, a message or a notice board."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shared.components.months import weekdays
from shared.workspace import current_workspace
from workspace.activities.models import Activity


def notice_text(activity: Activity) -> str:
    """Plain text of a few lines, in the reader's language."""
    lines = [
        _("【通知】{unit}").format(unit=activity.unit.name),
        activity.title,
        _("内容：{kinds}").format(kinds="、".join(activity.kind_names)),
        _("时间：{when}").format(when=when(activity)),
    ]
    if activity.place:
        lines.append(_("地点：{place}").format(place=activity.place))
    if activity.online_url:
        lines.append(_("线上参加：登录后在活动页点“线上参加”"))
    if activity.preparation:
        lines.append(_("会前准备：{text}").format(text=activity.preparation))
    lines.append(f"{current_workspace().url}/activities/{activity.pk}/")
    return "\n".join(lines)


def when(activity: Activity) -> str:
    """9月15日 周二 14:30–16:00"""
    start, end = timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)
    day = date_format(start, "Y年n月j日" if _is_chinese() else "j F Y")
    first = f"{day} {weekdays()[start.weekday()]} {start:%H:%M}"
    last = (
        f"{end:%H:%M}" if end.date() == start.date() else date_format(end, "n月j日 H:i" if _is_chinese() else "j F H:i")
    )
    return f"{first}–{last}"


def _is_chinese() -> bool:
    return not (get_language() or "").startswith("en")
