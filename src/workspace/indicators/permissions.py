"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import OFFICERS, Permission, declare

declare("indicators", _("六个一目了然"), Permission("unit.dashboard", _("查看指标与看板"), OFFICERS))
