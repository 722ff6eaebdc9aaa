"""What becomes of dues when two entries of one person are merged. Money is never dropped: a month paid on both is
looked at by people."""

from django.utils.translation import gettext_lazy as _

from workspace.members.followers import Follower, Meeting, register


def announce() -> None:
    """Called once, when the application starts."""
    paid = _("两份登记都交了同一个月的党费（{what}）。请先在党费里核对，撤销其中一笔，再合并。")
    register(
        Follower("dues.basis.member", _("党费标准"), Meeting.ONE_SIDE),
        Follower("dues.payment.member", _("党费交纳"), refusal=paid),
    )
