"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import COMMITTEE, OFFICERS, Permission, Sensitivity, declare

declare(
    "dues",
    _("党费"),
    Permission("dues.view", _("查看党费台账"), OFFICERS, Sensitivity.SENSITIVE),
    Permission("dues.change", _("核定和登记党费"), COMMITTEE, Sensitivity.SENSITIVE),
)
