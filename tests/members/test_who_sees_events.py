"""Discipline and care have levels: whoever sees the member, who keeps the register, or the keeper alone. Tried by those
whom each level leaves out, through pages, the API and what gives something away."""

from datetime import date
from typing import Any

import pytest

from tenants import context
from tests.members.people import admit, branch
from tests.support.cast import Cast, Client
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.members.actions.events import happen
from workspace.members.actions.events.refusals import DetailWrong, NotSo
from workspace.members.models import Event, Member
from workspace.members.queries.events import events_of

Kind = Event.Kind
ON = date(2026, 3, 10)
WARNING = {"punishment": "warning"}


@pytest.fixture
def who(cast: Cast) -> Member:
    """A full member with an account of their own."""
    found = admit(cast, joined_on=date(2010, 7, 1), converted_on=date(2011, 7, 1))
    with context.inside(cast.jia):
        for username, role in (("officer", Role.COMMITTEE), ("organizer", Role.ORGANIZER), ("self", Role.MEMBER)):
            user = User.objects.create_user(username, name=username)
            Grant.objects.create(user=user, role=role, unit=branch())
        Member.objects.filter(pk=found.pk).update(user=user)
        found.refresh_from_db()
    return found


def kept(cast: Cast, who: Member, seen_by: str, kind: str = Kind.HELPED, **details: Any) -> Event:
    """Recorded by the secretary."""
    said = {"help": "subsidy", "note": "家中变故"} if kind == Kind.HELPED else WARNING
    with context.inside(cast.jia):
        return happen(who, kind, on=ON, by=cast.user("secretary"), details=said | details | {"seen_by": seen_by})


def browser(cast: Cast, username: str) -> Client:
    client = Client("jia")
    with context.inside(cast.jia):
        client.force_login(User.objects.get(grants__role=Role.ADMIN) if username == "owner" else cast.user(username))
    return client


def sees(cast: Cast, who: Member, username: str, event: Event) -> bool:
    """On the page, on the event's own page and through the API alike."""
    client = browser(cast, username)
    own = client.get(f"/members/{who.pk}/events/{event.pk}/").status_code
    page = client.get(f"/members/{who.pk}/").content.decode()
    listed = [row["id"] for row in client.get(f"/api/v1/members/{who.pk}/events/").json()]
    answers = {own == 200, f"/events/{event.pk}/" in page, event.pk in listed}
    assert len(answers) == 1, (username, own, event.pk in listed)
    return answers.pop()


@pytest.mark.parametrize("kind", [Kind.HELPED, Kind.DISCIPLINED])
@pytest.mark.parametrize(
    ("level", "seen_by"),
    [
        ("branch", {"secretary", "organizer", "owner", "officer"}),
        ("committee", {"secretary", "organizer", "owner"}),
        ("keeper", {"secretary"}),
    ],
)
def test_each_level_is_seen_by_those_it_names_and_by_nobody_else(
    cast: Cast, who: Member, kind: str, level: str, seen_by: set[str]
) -> None:
    event = kept(cast, who, level, kind)
    assert {name for name in ("secretary", "organizer", "owner", "officer") if sees(cast, who, name, event)} == seen_by
    assert browser(cast, "stranger").get(f"/members/{who.pk}/events/{event.pk}/").status_code == 404


def test_without_a_level_it_is_the_committees_and_what_is_not_sensitive_everybodys(cast: Cast, who: Member) -> None:
    with context.inside(cast.jia):
        by = cast.user("secretary")
        helped = happen(who, Kind.HELPED, on=ON, by=by, details={"help": "visit"})
        honoured = happen(who, Kind.HONOURED, on=ON, by=by, details={"title": "优秀共产党员"})
        seen = set(events_of(who, user=cast.user("officer")).values_list("pk", flat=True))
        assert honoured.pk in seen and helped.pk not in seen
        with pytest.raises(DetailWrong):
            happen(who, Kind.HONOURED, on=ON, by=by, details={"title": "先进", "seen_by": "keeper"})


def test_the_member_sees_all_of_their_own(cast: Cast, who: Member) -> None:
    events = {kept(cast, who, level).pk for level in ("branch", "committee", "keeper")}
    page = browser(cast, "self").get("/members/me/").content.decode()
    assert page.count("困难补助") == 3
    with context.inside(cast.jia):
        assert events <= set(events_of(who, user=cast.user("self")).values_list("pk", flat=True))


def test_who_may_not_see_it_may_not_take_it_back_either(cast: Cast, who: Member) -> None:
    event = kept(cast, who, "keeper")
    other = browser(cast, "organizer")
    assert other.post(f"/members/{who.pk}/events/{event.pk}/voiding/", {"reason": "看看是什么"}).status_code == 404
    sent = {"reason": "看看是什么"}
    address = f"/api/v1/members/{who.pk}/events/{event.pk}/void/"
    assert other.post(address, sent, content_type="application/json").status_code == 404
    with context.inside(cast.jia):
        assert Event.objects.get(pk=event.pk).is_standing


def test_what_one_keeper_took_back_stays_theirs_and_the_record_says_not_why(cast: Cast, who: Member) -> None:
    event = kept(cast, who, "keeper")
    secretary = browser(cast, "secretary")
    address = f"/members/{who.pk}/events/{event.pk}/voiding/"
    assert secretary.post(address, {"reason": "家人要求不登记"}).status_code == 302
    assert not sees(cast, who, "organizer", event) and sees(cast, who, "secretary", event)
    with context.inside(cast.jia):
        assert "家人" not in str(Entry.objects.get(verb="member.event_voided").details)


def test_once_the_keeper_keeps_the_register_no_longer_it_falls_to_those_who_do(cast: Cast, who: Member) -> None:
    event = kept(cast, who, "keeper")
    with context.inside(cast.jia):
        Grant.objects.filter(user=cast.user("secretary")).delete()
    assert sees(cast, who, "organizer", event)
    assert not sees(cast, who, "officer", event)


def test_what_costs_a_post_or_the_vote_cannot_be_kept_from_the_branch(cast: Cast, who: Member) -> None:
    for punishment in ("dismissal", "observation"):
        with pytest.raises(DetailWrong):
            kept(cast, who, "keeper", Kind.DISCIPLINED, punishment=punishment)
        kept(cast, who, "committee", Kind.DISCIPLINED, punishment=punishment)


def test_a_hidden_punishment_gives_itself_away_by_no_offer_and_no_attempt(cast: Cast, who: Member) -> None:
    kept(cast, who, "keeper", Kind.DISCIPLINED)
    address = f"/members/{who.pk}/events/new/"
    assert f"{address}discipline_ended/" in browser(cast, "secretary").get(address).content.decode()
    assert f"{address}discipline_ended/" not in browser(cast, "organizer").get(address).content.decode()
    with context.inside(cast.jia):
        for unpunished in (False, True):
            if unpunished:
                Event.objects.filter(kind=Kind.DISCIPLINED).delete()
            with pytest.raises(NotSo) as refusal:
                happen(who, Kind.DISCIPLINE_ENDED, on=date(2026, 4, 1), by=cast.user("organizer"))
            assert "没有相应的记录" in str(refusal.value)  # the same words, whether there is one or not


def test_the_form_asks_who_may_see_it(cast: Cast, who: Member) -> None:
    secretary = browser(cast, "secretary")
    address = f"/members/{who.pk}/events/new/helped/"
    assert "只有经办人" in secretary.get(address).content.decode()
    sent = {"on": "2026-03-10", "help": "visit", "note": "病中探望", "seen_by": "keeper"}
    assert secretary.post(address, sent).status_code == 302
    with context.inside(cast.jia):
        assert Event.objects.get(kind=Kind.HELPED).seen_by == "keeper"
        honoured = f"/members/{who.pk}/events/new/honoured/"
    assert "只有经办人" not in secretary.get(honoured).content.decode()
