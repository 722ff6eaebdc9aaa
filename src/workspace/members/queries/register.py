"""The list of members, searched and narrowed."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet
from workspace.members.queries.ages import born_in
from workspace.members.queries.visibility import members_where
from workspace.organization.models import Unit, UnitQuerySet

# name: (label, first digit of the GB/T 4658 codes)
EDUCATION_GROUPS = {
    "1": _("研究生"),
    "2": _("大学本科"),
    "3": _("大学专科"),
    "4": _("中专、技校"),
    "6": _("高中"),
    "7": _("初中及以下"),
}
_BELOW_HIGH_SCHOOL = ("7", "8", "9")


@dataclass(frozen=True)
class Narrowing:
    """What the list is narrowed to; an empty field does not narrow. `standing` is present, left or all."""

    words: str = ""
    unit: Unit | None = None
    category: str = ""
    sex: str = ""
    age: str = ""
    education: str = ""
    floating: bool = False
    lost: bool = False
    standing: str = "present"


def register(user: User, narrowing: Narrowing, *, on: date) -> MemberQuerySet:
    """The members that this person may see, narrowed, in no order."""
    found = members_where(user, "member.view").select_related("unit")
    if narrowing.standing == "present":
        found = found.present()
    elif narrowing.standing == "left":
        found = found.filter(left_on__isnull=False)
    if narrowing.words.strip():
        found = found.matching(narrowing.words)
    if narrowing.unit:
        found = found.below(narrowing.unit)
    if narrowing.age:
        found = found.filter(born_in(narrowing.age, on=on))
    return _by_plain_columns(found, narrowing)


def _by_plain_columns(found: MemberQuerySet, narrowing: Narrowing) -> MemberQuerySet:
    if narrowing.category == "members":
        found = found.filter(category__in=Member.MEMBERS)
    elif narrowing.category:
        found = found.filter(category=narrowing.category)
    if narrowing.sex:
        found = found.filter(sex=narrowing.sex)
    if narrowing.education:
        firsts = _BELOW_HIGH_SCHOOL if narrowing.education == "7" else (narrowing.education,)
        found = found.filter(education__regex=f"^[{''.join(firsts)}]")
    if narrowing.floating:
        found = found.filter(is_floating=True)
    if narrowing.lost:
        found = found.filter(is_lost_contact=True)
    return found


def units_to_choose(user: User, verb: str = "member.view") -> UnitQuerySet:
    """Open units in tree order on which this person may do the verb."""
    return units_where(user, verb).filter(closed_on__isnull=True).order_by("path")


def branches_to_fill(user: User, verb: str) -> UnitQuerySet:
    """Open branches, which hold members themselves."""
    return units_to_choose(user, verb).filter(type__in=Unit.BRANCHES)
