"""Who has a vote in a branch, and who may be contact or introducer."""

from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet
from workspace.organization.models import Unit


def entitled_in(unit: Unit) -> int:
    """Full members of the branch. Those under 留党察看 are not on record here and are taken off by hand."""
    return Member.objects.present().full().below(unit).count()


def full_members_near(unit: Unit) -> MemberQuerySet:
    """Full members of the branch, by name: contacts and introducers come from among them."""
    return Member.objects.present().full().below(unit).order_by("pinyin", "pk")
