"""What this app adds to the pages of the tree and of a member."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.members import member_panels
from workspace.members.models import Member
from workspace.organization import counters
from workspace.organization.models import UnitQuerySet
from workspace.transfers.models import Transfer
from workspace.transfers.queries.lists import of_member
from workspace.transfers.queries.visibility import ISSUE, VIEW


def register() -> None:
    """Called once, when the process starts."""
    counters.register(
        counters.Counter(
            name="letters",
            label=_("等待接收的组织关系转接"),
            count=_coming_by_path,
            advice=_("请先接收，或联系开具的党组织撤回。"),
            shown=False,
            branches_only=True,
        )
    )
    member_panels.register("transfers", "transfers/member_panel.html", member_panel, order=20)


def member_panel(member: Member, user: User) -> dict[str, Any] | None:
    """Letters and times away of one person, and the way to new ones."""
    if not may(user, VIEW, member.unit):
        return None
    letters, absences = of_member(member)
    may_issue = member.is_present and may(user, ISSUE, member.unit)
    if not (letters or absences or may_issue):
        return None
    has_open = any(row.is_open for row in letters)
    return {"member": member, "letters": letters, "absences": absences, "may_issue": may_issue, "has_open": has_open}


def _coming_by_path(units: UnitQuerySet) -> dict[str, int]:
    """Open letters to each unit, by its path."""
    coming = Transfer.objects.open().filter(destination__in=units.order_by().values("pk")).order_by()
    return dict(coming.values_list("destination__path").annotate(letters=Count("pk")))
