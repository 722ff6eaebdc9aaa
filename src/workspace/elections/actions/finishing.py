"""The result is approved: old posts end, new ones begin, a new term runs, and roles follow the posts (任职与备案)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from workspace.access.queries import people_who
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.elections import messages
from workspace.elections.actions import roles
from workspace.elections.models import Election
from workspace.elections.models.seats import Seat
from workspace.members.actions import appointments
from workspace.members.models import Appointment, Member
from workspace.organization.actions import elections as terms

REMARK = 200  # characters


@transaction.atomic
def finish(now: Election, *, on: date, by: User) -> None:
    """Called with the row locked, by who has answered for the level above. Raises what an appointment refuses."""
    held_on = now.held_on or on
    seats = now.outcome
    before = list(Appointment.objects.filter(unit=now.unit, until__isnull=True).select_related("member__user", "unit"))
    for held in sorted(before, key=lambda one: one.pk):
        appointments.lay_down(held, on=max(held_on, held.since), by=by)
    people = Member.objects.select_related("user", "unit").in_bulk([seat.member for seat in seats])
    for seat in seats:
        appointments.take_up(people[seat.member], unit=now.unit, post=seat.post, since=held_on, by=by)
    terms.elected(now.unit, on=held_on, by=by)
    left = roles.follow(now.unit, seats, people, before, by=by)
    now.state, now.closed_on, now.remark = Election.State.DONE, on, "；".join(left)[:REMARK]
    now.save(update_fields=["state", "closed_on", "remark", "updated_at"])
    posts = [[seat.member, seat.post] for seat in seats]
    audit.record("election.finished", of=now, by=by, details={"posts": posts, "since": held_on.isoformat()})
    _tell(now, seats, people, left, by=by)


def _tell(now: Election, seats: list[Seat], people: dict[int, Member], left: list[str], *, by: User) -> None:
    link = messages.link_of(now)
    for seat in seats:
        if user := people[seat.member].user:
            title = _("您当选{unit}{post}").format(unit=now.unit, post=seat.label)
            messages.tell([user], title, _("选举结果已经批复，任职从 {day} 起。").format(day=now.held_on), link, but=by)
    if left:
        title = _("{unit}已换届，请调整系统角色").format(unit=now.unit)
        messages.tell(people_who("access.grant", now.unit), title, "\n".join(left), link)
