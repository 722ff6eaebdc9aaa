"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import OFFICERS, Permission, declare

declare("statistics", _("党内统计"), Permission("statistics.view", _("查看和导出党内统计"), OFFICERS))
