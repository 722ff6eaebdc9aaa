"""What becomes of this app's own rows when two entries of one person are merged."""

from django.utils.translation import gettext_lazy as _

from workspace.members.followers import Follower, Meeting, register


def announce() -> None:
    """Called once, when the application starts."""
    register(
        Follower("members.event.member", _("党员事件")),
        Follower("members.appointment.member", _("任职记录"), Meeting.FULLER),
        Follower("members.correction.member", _("更正申请")),
        # An import that is taken back must not take the entry that stays along.
        Follower("members.row.member", _("导入的行"), Meeting.LEFT_OUT),
    )
