"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import COMMITTEE, Permission, declare

declare("learning", _("学习"), Permission("learning.change", _("登记和确认学时"), COMMITTEE))
