"""What becomes of study hours when two entries of one person are merged: an activity counts once."""

from django.utils.translation import gettext_lazy as _

from workspace.members.followers import Follower, Meeting, register


def announce() -> None:
    """Called once, when the application starts."""
    register(Follower("learning.studyrecord.member", _("学时记录"), Meeting.FULLER))
