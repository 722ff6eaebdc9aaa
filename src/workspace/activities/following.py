"""What becomes of rolls and check-ins when two entries of one person are merged: who was listed twice came once."""

from django.utils.translation import gettext_lazy as _

from workspace.members.followers import Follower, Meeting, register


def announce() -> None:
    """Called once, when the application starts."""
    register(
        Follower("activities.participation.member", _("活动名单"), Meeting.FULLER),
        Follower("activities.checkin.member", _("签到"), Meeting.FULLER),
        Follower("activities.resolution.owner", _("负责的决议")),
    )
