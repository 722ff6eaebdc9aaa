"""How often a scheduled export comes, in words."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workspace.archives.terms import MONTHLY, QUARTERLY, WEEKLY, Terms

EVERY = {WEEKLY: _("每周"), MONTHLY: _("每月"), QUARTERLY: _("每季度")}
_WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


def often(terms: Terms) -> str:
    """每周周一, 每月 5 日, 每季度第一个月的最后一天, …"""
    if terms.every == WEEKLY:
        return gettext("每周{day}").format(day=_WEEKDAYS[terms.day - 1])
    day = gettext("最后一天") if terms.day == 31 else gettext("{day}日").format(day=terms.day)
    said = gettext("每月{day}") if terms.every == MONTHLY else gettext("每季度第一个月{day}")
    return said.format(day=day)
