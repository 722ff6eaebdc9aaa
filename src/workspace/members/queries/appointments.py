"""Who holds which post, and who could."""

from datetime import date

from django.db.models import Case, IntegerField, Value, When

from workspace.members.models import Appointment, Member
from workspace.members.models.appointment import AppointmentQuerySet
from workspace.members.models.member import MemberQuerySet
from workspace.organization.models import Unit, UnitQuerySet

Post = Appointment.Post

# Approved by the level above (支部工作条例 art. 21); the other posts are filed with it.
APPROVED_ABOVE = frozenset({Post.SECRETARY, Post.DEPUTY})


def holders(unit: Unit, *, on: date) -> AppointmentQuerySet:
    """Who holds a post of the unit on that day, the secretary first."""
    return _ranked(Appointment.objects.filter(unit=unit).current(on))


def former(unit: Unit, *, on: date) -> AppointmentQuerySet:
    """Who held a post before that day, the latest first."""
    past = Appointment.objects.filter(unit=unit, until__lte=on)
    return past.select_related("member").order_by("-until", "pk")


def electable(unit: Unit) -> MemberQuerySet:
    """Full members present at the unit or below it, by name. Probationary members cannot be elected."""
    return Member.objects.present().full().below(unit).order_by("pinyin", "pk")


def secretary_of(unit: Unit) -> Appointment | None:
    """The appointment of a secretary that has no end yet."""
    open_ended = Appointment.objects.filter(unit=unit, post=Post.SECRETARY, until__isnull=True)
    return open_ended.select_related("member").first()


def secretaries(units: UnitQuerySet, *, on: date) -> list[tuple[str, str]]:
    """The path of each unit with the name of its secretary on that day, in tree order."""
    held = Appointment.objects.current(on).filter(post=Post.SECRETARY, unit__in=units.order_by().values("pk"))
    return list(held.order_by("unit__path", "since").values_list("unit__path", "member__name"))


def _ranked(found: AppointmentQuerySet) -> AppointmentQuerySet:
    order = Case(
        *(When(post=post, then=Value(place)) for place, post in enumerate(Post.values)), output_field=IntegerField()
    )
    return found.select_related("member").order_by(order, "since", "pk")
