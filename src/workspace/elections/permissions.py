"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import OFFICERS, ORGANIZERS, Permission, declare

declare(
    "elections",
    _("换届选举"),
    Permission("election.view", _("查看换届选举"), OFFICERS),
    Permission("election.handle", _("办理换届选举：请示、名单、候选人、计票、报结果"), ORGANIZERS),
    Permission("election.approve", _("批复下级党组织的换届、延期和选举结果"), ORGANIZERS),
)
