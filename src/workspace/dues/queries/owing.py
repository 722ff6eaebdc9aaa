"""Who owes dues for a month."""

from datetime import date

from django.db.models import Q

from rules.workdays import add_months
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet


def owing(month: date) -> MemberQuerySet:
    """The members who owe dues for the month (its first day)."""
    return Member.objects.filter(owing_in(month))


def owing_in(month: date, of: str = "") -> Q:
    """Full and probationary members whose membership covers the month: those admitted by its end, and not gone before
    it began. Whoever has no day of joining on the register counts as a member all along. `of` leads to the member."""
    admitted = Q(**{f"{of}joined_on__isnull": True}) | Q(**{f"{of}joined_on__lt": add_months(month, 1)})
    there = Q(**{f"{of}left_on__isnull": True}) | Q(**{f"{of}left_on__gte": month})
    return Q(**{f"{of}category__in": Member.MEMBERS}) & admitted & there
