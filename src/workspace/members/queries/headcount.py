"""How many stand on a unit and below it, by category."""

from django.db.models import Count

from workspace.members.models import Member
from workspace.organization.models import Unit


def headcount(unit: Unit) -> list[tuple[str, str, int]]:
    """(category, label, present people) in the order of the way into the Party; categories without anybody left out."""
    found = dict(Member.objects.present().below(unit).order_by().values_list("category").annotate(people=Count("pk")))
    return [(category.value, str(category.label), found[category]) for category in Member.Category if category in found]
