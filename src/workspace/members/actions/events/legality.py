"""Whether an event may follow on those before it. Looks at paper only: whether it should happen is for people."""

from collections.abc import Callable, Sequence
from datetime import date

from rules.probation import extension_months
from shared.codes.people import ACTIVIST, APPLICANT, DEVELOPMENT_OBJECT, FULL, MEMBERS, PROBATIONARY
from workspace.members.actions.events import refusals as no
from workspace.members.models import Event, Member
from workspace.members.standing import Ledger, Standing, in_order
from workspace.members.standing.ledger import CANDIDATES

Kind = Event.Kind
# Nobody was on probation between 1969 and 1977; what is older is taken as it is.
PROBATION_SINCE = date(1978, 1, 1)

Check = Callable[[Member, Event, Standing], None]


def check(member: Member, events: Sequence[Event], new: Event | None = None) -> None:
    """Go through all events of a member, `new` among them. Raises an EventRefused when `new` cannot stand where it
    falls, or LaterDisagrees when something later could no longer stand. What did not fit before is left alone."""
    before = _misfits(member, events)
    with_new = _misfits(member, [*events, new] if new else events)
    if new and (own := with_new.pop(id(new), None)):
        raise own
    for event in in_order(events):
        if id(event) in with_new and id(event) not in before:
            raise no.LaterDisagrees(on=event.on, later=event.get_kind_display())


def objection(member: Member, events: Sequence[Event], new: Event) -> no.EventRefused | None:
    """What `check` would raise, to be told beforehand."""
    try:
        check(member, events, new)
    except no.EventRefused as refusal:
        return refusal
    return None


def check_without(member: Member, events: Sequence[Event], gone: Event) -> None:
    """Whether the rest still stands without one of them. Raises LaterDisagrees."""
    before = _misfits(member, events)
    rest = [event for event in events if event is not gone]
    without = _misfits(member, rest)
    for event in in_order(rest):
        if id(event) in without and id(event) not in before:
            raise no.LaterDisagrees(on=event.on, later=event.get_kind_display())


def _misfits(member: Member, events: Sequence[Event]) -> dict[int, no.EventRefused]:
    ledger, found = Ledger(), {}
    for event in in_order(events):
        try:
            _fits(member, event, ledger)
        except no.EventRefused as objection:
            found[id(event)] = objection
        ledger.take(event)
    return found


def _fits(member: Member, event: Event, ledger: Ledger) -> None:
    if event.kind == Kind.REGISTERED:
        if ledger.registered_on:
            raise no.AlreadyRegistered(member=member)
        return
    if event.kind == Kind.CORRECTED:
        return
    if member.birth_date and event.on <= member.birth_date:
        raise no.BeforeBirth(member=member)
    now = ledger.standing(date.max)
    if now.left_for == Member.Leaving.DECEASED:
        raise no.AfterDeath(member=member, on=now.left_on)
    if event.kind == Kind.TRANSFERRED_IN:
        _arrival(member, event, ledger, now)
        return
    if event.kind == Kind.RETURNED:
        if now.is_present:
            raise no.StillPresent(member=member, kind=event.get_kind_display())
        return
    if event.kind in CANDIDATES:
        _candidate(member, event, now)
        return
    if not now.is_present:
        why = dict(Member.Leaving.choices).get(now.left_for, "")
        raise no.NotPresent(member=member, on=now.left_on, why=why)
    if event.kind in _OF_MEMBERS and now.joined_on and event.on < now.joined_on:
        raise no.BeforeJoining(member=member, joined=now.joined_on)
    if wanted := _CATEGORIES.get(event.kind):
        _category(member, event, now, wanted)
    if own := _OWN.get(event.kind):
        own(member, event, now)


def _arrival(member: Member, event: Event, ledger: Ledger, now: Standing) -> None:
    """Somebody who left comes again, or it is how they first came."""
    is_first = not ledger.gone.changes and ledger.registered_on is not None and event.on <= ledger.registered_on
    if now.is_present and not is_first:
        raise no.StillPresent(member=member, kind=event.get_kind_display())
    if event.unit_id is None:
        raise no.UnitMissing


def _candidate(member: Member, event: Event, now: Standing) -> None:
    """One step after another; a step that lies before the day of joining is history and always welcome."""
    if not now.is_present:
        return
    if now.joined_on and event.on <= now.joined_on:
        return
    if now.category in MEMBERS:
        raise _wrong_category(member, event, now, (APPLICANT, ACTIVIST, DEVELOPMENT_OBJECT))
    if event.kind == Kind.DEVELOPMENT_OBJECT:
        _category(member, event, now, (ACTIVIST, DEVELOPMENT_OBJECT))


def _category(member: Member, event: Event, now: Standing, wanted: tuple[str, ...]) -> None:
    if now.category not in wanted:
        raise _wrong_category(member, event, now, wanted)


def _wrong_category(member: Member, event: Event, now: Standing, wanted: tuple[str, ...]) -> no.EventRefused:
    words = dict(Member.Category.choices)
    said = "、".join(str(words[each]) for each in wanted)
    category = words.get(now.category, "")
    return no.WrongCategory(kind=event.get_kind_display(), wanted=said, member=member, on=event.on, category=category)


def _extended(member: Member, event: Event, now: Standing) -> None:
    if now.probation_extension:
        raise no.AlreadyExtended(member=member)
    months = extension_months(now.joined_on or event.on)
    if event.details["months"] not in months:
        raise no.WrongExtension(least=months[0], most=months[-1])


def _converted(member: Member, event: Event, now: Standing) -> None:
    ends = now.probation_ends
    if now.joined_on and now.joined_on >= PROBATION_SINCE and ends and event.on < ends:
        raise no.ProbationRunning(member=member, ends=ends)


def _moved(member: Member, event: Event, now: Standing) -> None:
    if event.unit_id is None or event.unit_id == now.unit_id:
        raise no.UnitMissing


def _switch(name: str, wanted: bool) -> Check:
    def check(member: Member, event: Event, now: Standing) -> None:
        if getattr(now, name) != wanted:
            refusal = no.NotSo if wanted else no.AlreadySo
            raise refusal(member=member, on=event.on, kind=event.get_kind_display())

    return check


def _discipline_ended(member: Member, event: Event, now: Standing) -> None:
    if not now.punishment:
        raise no.NotSo(member=member, on=event.on, kind=event.get_kind_display())


_CATEGORIES: dict[str, tuple[str, ...]] = {
    Kind.ADMITTED: (DEVELOPMENT_OBJECT,),
    Kind.CONVERTED: (PROBATIONARY,),
    Kind.EXTENDED: (PROBATIONARY,),
    Kind.CANCELLED: (PROBATIONARY,),
    Kind.DISCIPLINED: (FULL, PROBATIONARY),
    Kind.DISCIPLINE_ENDED: (FULL, PROBATIONARY),
    Kind.APPRAISED: (FULL, PROBATIONARY),
    Kind.REMOVED: (FULL, PROBATIONARY),
}
_OF_MEMBERS = frozenset(_CATEGORIES) - {Kind.ADMITTED} | {
    Kind.TRANSFERRED_OUT,
    Kind.FLOATING_OUT,
    Kind.FLOATING_IN,
    Kind.LOST_CONTACT,
    Kind.FOUND,
}
_OWN: dict[str, Check] = {
    Kind.CONVERTED: _converted,
    Kind.EXTENDED: _extended,
    Kind.MOVED: _moved,
    Kind.FLOATING_OUT: _switch("is_floating", False),
    Kind.FLOATING_IN: _switch("is_floating", True),
    Kind.LOST_CONTACT: _switch("is_lost_contact", False),
    Kind.FOUND: _switch("is_lost_contact", True),
    Kind.DISCIPLINE_ENDED: _discipline_ended,
}
