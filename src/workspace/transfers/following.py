"""What becomes of letters and times away when two entries of one person are merged."""

from django.utils.translation import gettext_lazy as _

from workspace.members.followers import Follower, register


def announce() -> None:
    """Called once, when the application starts."""
    letters = _("两份登记各有一封在途的介绍信。请先办结或撤回其中一封，再合并。")
    away = _("两份登记各有一条未结束的同类外出登记。请先结束其中一条，再合并。")
    register(
        Follower("transfers.transfer.member", _("组织关系转接"), refusal=letters),
        Follower("transfers.absence.member", _("流动、出国（境）与失联"), refusal=away),
    )
