"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import COMMITTEE, EVERYBODY, Permission, declare

declare(
    "activities",
    _("组织生活"),
    Permission("activity.view", _("查看组织生活"), EVERYBODY),
    Permission("activity.change", _("组织活动、点名和记录"), COMMITTEE),
)
