"""People away are written down and contacted in time; what six months mean is for people to say."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from rules.workdays import add_months
from shared.clock import today
from tests.support.cast import Cast
from tests.transfers.conftest import accept, first, issue, somebody
from workspace.audit.models import Entry
from workspace.inbox.models import Message
from workspace.members.actions import leaving
from workspace.members.models import Event, Member
from workspace.members.standing.words import LostReason
from workspace.transfers.actions import absences, contacting, reminding
from workspace.transfers.actions.issuing import NoLongerHere
from workspace.transfers.models import Absence
from workspace.transfers.models.contacts import Contact, Way
from workspace.transfers.queries import lists
from workspace.transfers.queries.flags import due_flags, flags_of


def begin(kind: str = "abroad", *, who: Member | None = None, **said) -> Absence:
    reason = {"abroad": "study", "floating": "work", "graduate": "no_job_yet", "lost": "graduated"}[kind]
    values = {"kind": kind, "since": today() - timedelta(days=10), "reason": reason, **said}
    return absences.begin(who or somebody(), absences.Away(**values), by=Cast.user("secretary"), on=today())


def contact(row: Absence, on: date, **said) -> Absence:
    made = Contact(on=on, way=Way.PHONE, by="李书记", **said)
    return contacting.note(row, made, by=Cast.user("secretary"), today=today())


def test_abroad_is_contacted_every_half_year_and_may_be_oftener_but_not_more_seldom(jia):
    row = begin()
    assert row.contact_months == 6 and row.next_contact_on == add_months(row.since, 6)
    absences.end(row, on=today(), ending="mistake", by=Cast.user("secretary"), today=today())
    assert begin(contact_months=3).contact_months == 3
    with pytest.raises(absences.TooSeldom) as refused:
        begin(who=somebody("secretary"), contact_months=7)
    assert "第三十四条" in str(refused.value)


def test_a_contact_puts_the_next_one_off_and_a_try_does_not(jia):
    row = begin(since=today() - timedelta(days=300))
    assert row.is_overdue(today())
    row = contact(row, today() - timedelta(days=1), reached=False)
    assert row.is_overdue(today()) and row.contacted_on is None
    row = contact(row, today(), note="一切都好")
    assert (row.contacted_on, row.next_contact_on) == (today(), add_months(today(), 6))
    assert [one.reached for one in row.history] == [True, False]


def test_a_contact_lies_within_the_time_away_and_is_noted_once(jia):
    row = begin()
    for day in (row.since - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(contacting.ContactOutOfTime):
            contact(row, day)
    contact(row, today())
    with pytest.raises(contacting.NotedAlready):
        contact(row, today())


def test_a_mistaken_contact_is_struck_and_the_day_counted_anew(jia):
    row = begin(since=today() - timedelta(days=300))
    row = contact(row, today())
    row = contacting.strike(row, row.history[0], by=Cast.user("secretary"))
    assert row.contacts == [] and row.is_overdue(today())
    assert Entry.objects.filter(verb="absence.contact_struck").exists()
    with pytest.raises(contacting.NoSuchContact):
        contacting.strike(row, Contact(on=today(), way=Way.PHONE, by="李书记"), by=Cast.user("secretary"))


def test_one_open_time_away_of_a_kind(jia):
    row = begin("floating")
    with pytest.raises(absences.AwayAlready):
        begin("floating")
    begin("graduate")  # another kind may run beside it
    copy = Absence.objects.get(pk=row.pk)
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"since": today() + timedelta(days=1)}, absences.BeginsInFuture),
        ({"reason": "restructured"}, absences.ReasonDoesNotFit),
        ({"contact_months": 99}, absences.TooSeldom),
    ],
)
def test_times_away_that_cannot_be_are_refused_by_name(jia, said, refusal):
    with pytest.raises(refusal):
        begin("floating", **said)


def test_it_ends_once_and_within_its_days(jia):
    row, by = begin(), Cast.user("secretary")
    with pytest.raises(absences.EndsTooEarly):
        absences.end(row, on=row.since - timedelta(days=1), ending="returned", by=by, today=today())
    absences.end(row, on=today(), ending="returned", by=by, today=today())
    for again in (
        lambda: absences.end(row, on=today(), ending="returned", by=by, today=today()),
        lambda: contact(row, today()),
    ):
        with pytest.raises(absences.OverAlready):
            again()


def test_who_left_the_register_is_not_away(jia):
    accept(issue(destination_name="外单位")[0], by="secretary")
    with pytest.raises(NoLongerHere):
        begin()


@pytest.mark.parametrize(
    ("kind", "since", "due", "words"),
    [
        ("floating", add_months(today(), -6), True, "流动党员"),
        ("floating", add_months(today(), -5), False, ""),
        ("graduate", add_months(today(), -24), True, "保留期满"),
        ("graduate", add_months(today(), -23), False, ""),
        ("lost", add_months(today(), -6), True, "停止党籍"),
        ("lost", add_months(today(), -5), False, ""),
    ],
)
def test_the_day_that_calls_for_people_is_shown_with_its_article(jia, kind, since, due, words):
    row = begin(kind, since=since)
    found = due_flags(row, on=today())
    assert bool(found) is due
    assert all(words in str(flag.text) and "条" in flag.basis for flag in found)
    assert flags_of(row, on=today())  # the day to come is shown before it comes


def test_a_fixed_place_speaks_for_a_transfer(jia):
    row = begin("floating", since=add_months(today(), -7), has_fixed_place=True)
    assert "转移组织关系" in "".join(str(flag.text) for flag in due_flags(row, on=today()))


def test_flags_and_reminders_change_nothing_about_anybody(jia):
    begin("lost", since=add_months(today(), -40))
    before = Member.objects.filter(pk=somebody().pk).values().get()
    for days in (0, 8, 400):
        reminding.remind(on=today() + timedelta(days=days))
    assert Member.objects.filter(pk=somebody().pk).values().get() == before
    assert Absence.objects.get().is_open


def test_who_is_transferred_is_no_longer_floating(jia):
    row = begin("floating")
    lost = begin("lost")
    accept(issue()[0])
    row.refresh_from_db()
    lost.refresh_from_db()
    assert (row.ended_for, row.next_contact_on) == (Absence.Ending.TRANSFERRED, None)
    assert lost.is_open  # the new branch goes on looking


def test_the_branch_is_reminded_of_contacts_and_letters_once_a_week_until_somebody_sees_to_it(jia):
    begin(since=add_months(today(), -6))
    issue(somebody("secretary"), by="owner", issued_on=today() - timedelta(days=24))
    Message.objects.all().delete()
    assert reminding.remind(on=today()) == 3  # the secretary of both matters, the receiver of the letter
    assert {m.to.username for m in Message.objects.all()} == {"secretary", "receiver"}
    assert reminding.remind(on=today() + timedelta(days=6)) == 0
    assert reminding.remind(on=today() + timedelta(days=7)) == 3
    assert any("已过期 1 封" in m.title for m in Message.objects.all())


def test_the_overdue_come_first_and_only_their_own_branch_sees_them(jia):
    begin(since=today() - timedelta(days=300))
    later = begin("graduate", who=Member.objects.create(unit=first(), name="毕业生"))
    found = list(lists.absences(Cast.user("secretary"), "open", on=today()))
    assert [row.kind for row in found] == ["abroad", later.kind]
    assert [row.kind for row in lists.absences(Cast.user("secretary"), "overdue", on=today())] == ["abroad"]
    assert not lists.absences(Cast.user("receiver"), "open", on=today()).exists()


def test_a_stored_contact_that_is_none_is_refused():
    with pytest.raises(ValueError):
        Contact.of({"on": "2026-01-01", "way": "pigeon", "by": "x", "reached": True})
    with pytest.raises(TypeError):
        Contact(on="2026-01-01", way=Way.PHONE, by="x")


def test_going_away_and_coming_back_are_events_and_the_register_follows(jia):
    row = begin("floating", place="深圳", since=today() - timedelta(days=30))
    assert somebody().is_floating
    event = Event.objects.get(member=row.member, kind=Event.Kind.FLOATING_OUT)
    assert (event.on, event.details) == (row.since, {"place": "深圳"})
    absences.end(row, on=today(), ending="returned", by=Cast.user("secretary"), today=today())
    assert not somebody().is_floating
    assert Event.objects.filter(member=row.member, kind=Event.Kind.FLOATING_IN, on=today()).exists()


def test_lost_and_found_are_events_with_the_reason_of_the_statistics(jia):
    row = begin("lost", reason="restructured")
    assert somebody().is_lost_contact
    assert Event.objects.get(kind=Event.Kind.LOST_CONTACT).details == {"reason": "restructured"}
    contact(row, today())  # reaching somebody is noted, and ending it is for people
    assert somebody().is_lost_contact
    absences.end(row, on=today(), ending="found", by=Cast.user("secretary"), today=today())
    assert not somebody().is_lost_contact


def test_what_was_entered_by_mistake_leaves_no_trace_in_the_standing(jia):
    row = begin("floating")
    absences.end(row, on=today(), ending="mistake", note="登记错人", by=Cast.user("secretary"), today=today())
    event = Event.objects.get(kind=Event.Kind.FLOATING_OUT)
    assert event.voided_for == "登记错人" and not somebody().is_floating


def test_the_reasons_for_lost_contact_are_those_of_the_events():
    ours = {reason.value: str(reason.label) for reason in Absence.REASONS[Absence.Kind.LOST]}
    assert ours == {value: str(label) for value, label in LostReason.choices}


def test_who_left_the_register_is_no_longer_asked_for(jia):
    begin("abroad", since=today() - timedelta(days=300))
    leaving.leave(somebody(), on=today(), reason=Member.Leaving.DECEASED, note="", by=Cast.user("owner"))
    assert not lists.absences(Cast.user("secretary"), "overdue", on=today()).exists()
    assert lists.away_counts(Cast.user("secretary"), on=today())["open"] == 0
    Message.objects.all().delete()
    assert reminding.remind(on=today()) == 0
