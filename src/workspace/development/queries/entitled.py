"""Who has a vote in a branch, and who may be contact or introducer."""

from datetime import date

from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet
from workspace.members.queries.as_of import entitled
from workspace.organization.models import Unit


def entitled_in(unit: Unit, *, on: date) -> int:
    """Full members of the branch on that day, but for those on probation within the Party (留党察看)."""
    return len(entitled(Unit.objects.all().below(unit), on=on))


def full_members_near(unit: Unit) -> MemberQuerySet:
    """Full members of the branch, by name: contacts and introducers come from among them."""
    return Member.objects.present().full().below(unit).order_by("pinyin", "pk")
