"""What the tree asks of the register when units merge, split and turn into others: answered here."""

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from rules import Structure
from workspace.accounts.models import User
from workspace.members.actions import reorganising
from workspace.members.models import Appointment, Member
from workspace.members.queries.structure import structures
from workspace.organization import handovers, residents, shapes
from workspace.organization.models import Unit


def register() -> None:
    """Called once, when the process starts."""
    shapes.answer_with(_shapes)
    residents.answer_with(residents.Register(of=_residents, move=_move))
    # Posts before people: who holds one is looked up by the unit where they stand.
    handovers.register(
        handovers.Handover("posts", _("职务"), count=_posts_of, hand_over=reorganising.take_posts, order=10)
    )
    handovers.register(
        handovers.Handover("members", _("名册上的人员"), count=_people, hand_over=reorganising.take_members, order=20)
    )


def _shapes(units: Collection[Unit], on: date) -> dict[int, Structure]:
    return structures(units, on=on)


def _residents(unit: Unit) -> list[residents.Resident]:
    """Who is present, by name. Two queries."""
    posts: dict[int, str] = {}
    for held in Appointment.objects.filter(unit=unit, until__isnull=True):
        posts[held.member_id] = str(held.get_post_display())
    people = Member.objects.present().filter(unit=unit).order_by("pinyin", "pk")
    return [
        residents.Resident(
            member.pk,
            member.name,
            " · ".join(filter(None, (str(member.get_category_display()), posts.get(member.pk, "")))),
            is_full=member.category == Member.Category.FULL,
            is_member=member.category in Member.MEMBERS,
        )
        for member in people
    ]


def _move(keys: Sequence[int], to: Unit, on: date, why: str, by: User) -> None:
    for origin in Unit.objects.filter(members__in=keys).distinct():
        reorganising.end_posts_of_movers(keys, origin, on=on, by=by)
    reorganising.move_people(keys, to, on, why, by)


def _people(units: Sequence[Unit]) -> int:
    return Member.objects.present().filter(unit__in=[unit.pk for unit in units]).count()


def _posts_of(units: Sequence[Unit]) -> int:
    return Appointment.objects.filter(unit__in=[unit.pk for unit in units], until__isnull=True).count()
