"""When the tree is rearranged: members go to another unit with their history, and posts with them."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from shared.clock import now
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.actions.events.relocating import relocate
from workspace.members.models import Appointment, Member
from workspace.members.queries.appointments import Post
from workspace.organization.handovers import Going
from workspace.organization.models import Unit


@transaction.atomic
def move_people(keys: Sequence[int], to: Unit, on: date, why: str, by: User) -> None:
    """Put these people into a unit, whoever has left among them too: their lines stay with their branch."""
    people = list(Member.objects.select_for_update(of=("self",)).select_related("unit").filter(pk__in=keys))
    details = [
        {"changed": {"unit": [str(member.unit), str(to)]}, "basis": why, "on": on.isoformat()} for member in people
    ]
    at = now()
    relocate(people, to=to, on=on, why=why, by=by, at=at)
    Member.objects.filter(pk__in=[member.pk for member in people]).update(unit=to, updated_at=at)
    audit.record_many("member.changed", of=people, by=by, details=details)


def take_members(going: Going) -> list[int]:
    """Everybody of the merged units: members, those on their way, and those who have left."""
    found = Member.objects.filter(unit__in=[unit.pk for unit in going.origins]).order_by("pk")
    keys = list(found.values_list("pk", flat=True))
    move_people(keys, going.to, going.on, going.why, going.by)
    return keys


def take_posts(going: Going) -> list[int]:
    """Posts of the merged units end; their holders go on as committee members of the unit that stays.

    Who leads it stays as it was: a secretary or deputy who came along becomes a committee member, unless the post is
    vacant. Nobody gets a second post. The keys are those of the posts that ended.
    """
    ending = list(
        Appointment.objects.select_for_update(of=("self",))
        .filter(unit__in=[unit.pk for unit in going.origins], until__isnull=True)
        .select_related("member", "unit")
        .order_by("unit__path", "pk")
    )
    for held in ending:
        held.until = max(going.on, held.since)
    Appointment.objects.bulk_update(ending, ["until"])
    sitting = Appointment.objects.filter(unit=going.to, until__isnull=True)
    busy, filled = set(sitting.values_list("member", flat=True)), set(sitting.values_list("post", flat=True))
    made = []
    for held in ending:
        if held.member_id in busy or not held.member.is_present:
            continue
        post = Post.COMMITTEE if held.post in filled and held.post in (Post.SECRETARY, Post.DEPUTY) else held.post
        made.append(Appointment(unit=going.to, member=held.member, post=post, since=max(going.on, held.since)))
        busy.add(held.member_id)
        filled.add(post)
    Appointment.objects.bulk_create(made)
    _tell(ending, made, going)
    return [held.pk for held in ending]


def _tell(ended: Sequence[Appointment], made: Sequence[Appointment], going: Going) -> None:
    told = [
        {"member": str(held.member), "post": str(held.get_post_display()), "until": str(held.until)} for held in ended
    ]
    audit.record_many("unit.post_ended", of=[held.unit for held in ended], by=going.by, details=told)
    told = [{"member": str(new.member), "post": str(new.get_post_display()), "since": str(new.since)} for new in made]
    audit.record_many("unit.appointed", of=[going.to] * len(made), by=going.by, details=told)


def end_posts_of_movers(keys: Sequence[int], origin: Unit, *, on: date, by: User) -> None:
    """Posts of a unit that people held who now stand elsewhere."""
    held = Appointment.objects.filter(unit=origin, member__in=keys, until__isnull=True).select_related("member")
    for one in held:
        one.until = max(on, one.since)
        one.save(update_fields=["until"])
        details = {"member": str(one.member), "post": str(one.get_post_display()), "until": str(one.until)}
        audit.record("unit.post_ended", of=origin, by=by, details=details)
