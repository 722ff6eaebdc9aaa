"""Recording what happened to a member, and taking it back."""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from shared.clock import today
from tenants import context
from tests.members.people import admit, branch, fill
from tests.support.cast import Cast
from workspace.audit.models import Entry
from workspace.members.actions import leaving, records
from workspace.members.actions.events import Happening, happen, happen_many, refusals, register_many, void
from workspace.members.models import Event, Member
from workspace.members.queries.as_of import entitled, stood
from workspace.members.queries.drift import drifted
from workspace.members.standing import derive
from workspace.organization.actions import merge
from workspace.organization.models import Unit

Kind = Event.Kind
TAKING_OVER = import_module("workspace.members.migrations.0004_registrations")


@pytest.fixture
def here(cast: Cast) -> Iterator[Cast]:
    with context.inside(cast.jia):
        yield cast


def somebody(cast: Cast, **facts: Any) -> Member:
    return admit(cast, **facts)


def tell(cast: Cast, member: Member, kind: str, on: str, **more: Any) -> Event:
    return happen(member, kind, on=date.fromisoformat(on), by=cast.user("secretary"), **more)


def no_drift() -> bool:
    return not list(drifted(Member.objects.all()))


class TestHappening:
    def test_the_columns_follow_the_events(self, here: Cast) -> None:
        who = somebody(here, category="development_object")
        tell(here, who, Kind.ADMITTED, "2025-03-10", basis="2025-03-10 支部党员大会")
        assert (who.category, who.joined_on) == ("probationary", date(2025, 3, 10))
        tell(here, who, Kind.CONVERTED, "2026-03-10")
        stored = Member.objects.get(pk=who.pk)
        assert (stored.category, stored.converted_on) == ("full", date(2026, 3, 10))
        assert no_drift()

    def test_it_is_recorded_with_who_and_why(self, here: Cast) -> None:
        who = somebody(here)
        made = tell(here, who, Kind.HONOURED, "2026-07-01", basis="甲委〔2026〕7号", details={"title": "优秀共产党员"})
        entry = Entry.objects.get(verb="member.happened", thing=str(who.pk))
        assert entry.by_name == "李书记"
        assert entry.details["basis"] == "甲委〔2026〕7号"
        assert (made.by, made.unit) == (here.user("secretary"), who.unit)

    def test_the_record_does_not_repeat_what_is_sensitive(self, here: Cast) -> None:
        who = somebody(here)
        tell(here, who, Kind.HELPED, "2026-07-01", basis="重病", details={"help": "visit", "note": "住院"})
        assert "重病" not in str(Entry.objects.get(verb="member.happened", thing=str(who.pk)).details)

    def test_somebody_without_events_is_registered_first_as_the_columns_say(self, here: Cast) -> None:
        who = somebody(here, joined_on=date(2010, 7, 1), is_floating=True)
        tell(here, who, Kind.FLOATING_IN, "2026-07-01")
        first = Event.objects.get(member=who, kind=Kind.REGISTERED)
        assert first.details == {"category": "full", "joined_on": "2010-07-01", "is_floating": True}
        assert Member.objects.get(pk=who.pk).is_floating is False

    def test_a_move_changes_the_branch(self, here: Cast) -> None:
        who = somebody(here)
        old = who.unit_id
        made = tell(here, who, Kind.MOVED, "2026-07-01", unit=branch("第二党支部"))
        assert who.unit == branch("第二党支部")
        assert made.details == {"from": old}

    def test_many_at_once_follow_one_another(self, here: Cast) -> None:
        who, other = somebody(here, category="activist"), somebody(here, name="李四", phone="")
        happen_many(
            [
                Happening(who, Kind.DEVELOPMENT_OBJECT, date(2024, 9, 1)),
                Happening(other, Kind.LOST_CONTACT, date(2026, 1, 5), details={"reason": "work"}),
                Happening(who, Kind.ADMITTED, date(2025, 3, 10)),
            ],
            by=here.user("secretary"),
        )
        assert (who.category, other.is_lost_contact) == ("probationary", True)
        assert Entry.objects.filter(verb="member.happened").count() == 3
        assert no_drift()

    def test_many_are_recorded_all_or_none(self, here: Cast) -> None:
        who = somebody(here)
        wrong = Happening(who, Kind.CONVERTED, date(2025, 1, 1))
        with pytest.raises(refusals.WrongCategory):
            happen_many([Happening(who, Kind.LOST_CONTACT, date(2025, 1, 1)), wrong], by=None)
        assert not Event.objects.filter(member=who, kind=Kind.LOST_CONTACT).exists()


REFUSED = [
    ({"category": "applicant"}, Kind.CONVERTED, "2026-01-01", {}, refusals.WrongCategory),
    ({"category": "activist"}, Kind.ADMITTED, "2026-01-01", {}, refusals.WrongCategory),
    ({"category": "applicant"}, Kind.DEVELOPMENT_OBJECT, "2026-01-01", {}, refusals.WrongCategory),
    ({"joined_on": date(2020, 1, 1)}, Kind.ACTIVIST, "2021-01-01", {}, refusals.WrongCategory),
    (
        {"category": "probationary", "joined_on": date(2026, 3, 10)},
        Kind.CONVERTED,
        "2026-11-01",
        {},
        refusals.ProbationRunning,
    ),
    ({"joined_on": date(2020, 1, 1)}, Kind.LOST_CONTACT, "2019-01-01", {}, refusals.BeforeJoining),
    ({"birth_date": date(1990, 1, 1)}, Kind.HONOURED, "1989-01-01", {"title": "先进"}, refusals.BeforeBirth),
    ({"is_floating": True}, Kind.FLOATING_OUT, "2026-01-01", {}, refusals.AlreadySo),
    ({}, Kind.FOUND, "2026-01-01", {}, refusals.NotSo),
    ({}, Kind.DISCIPLINE_ENDED, "2026-01-01", {}, refusals.NotSo),
    ({}, Kind.MOVED, "2026-01-01", {}, refusals.UnitMissing),
    ({}, Kind.RETURNED, "2026-01-01", {}, refusals.StillPresent),
    ({}, Kind.DISCIPLINED, "2026-01-01", {}, refusals.DetailWrong),
    ({}, Kind.DISCIPLINED, "2026-01-01", {"punishment": "flogging"}, refusals.DetailWrong),
    ({}, Kind.HONOURED, "2026-01-01", {"title": "先进", "salary": 1}, refusals.DetailWrong),
    ({"category": "probationary"}, Kind.EXTENDED, "2026-01-01", {"months": 13}, refusals.WrongExtension),
    (
        {"category": "probationary", "probation_extension": 6},
        Kind.EXTENDED,
        "2026-01-01",
        {"months": 6},
        refusals.AlreadyExtended,
    ),
]


class TestRefusals:
    @pytest.mark.parametrize(("facts", "kind", "on", "details", "refusal"), REFUSED)
    def test_what_does_not_fit_is_refused_by_name(
        self, here: Cast, facts: dict[str, Any], kind: str, on: str, details: dict[str, Any], refusal: type[Exception]
    ) -> None:
        who = somebody(here, **facts)
        with pytest.raises(refusal):
            tell(here, who, kind, on, details=details)
        assert not Event.objects.filter(member=who).exclude(kind=Kind.REGISTERED).exists()

    def test_nothing_happens_in_the_future(self, here: Cast) -> None:
        with pytest.raises(refusals.InTheFuture):
            happen(somebody(here), Kind.DIED, on=today() + timedelta(days=1), by=None)

    def test_nothing_happens_after_death(self, here: Cast) -> None:
        who = somebody(here)
        tell(here, who, Kind.DIED, "2026-05-01")
        with pytest.raises(refusals.AfterDeath):
            tell(here, who, Kind.HONOURED, "2026-06-01", details={"title": "追授"})
        tell(here, who, Kind.HONOURED, "2026-04-01", details={"title": "先进"})

    def test_who_left_is_not_there_for_anything_until_they_come_back(self, here: Cast) -> None:
        who = somebody(here)
        tell(here, who, Kind.TRANSFERRED_OUT, "2026-05-01", details={"destination": "乙市"})
        with pytest.raises(refusals.NotPresent):
            tell(here, who, Kind.LOST_CONTACT, "2026-06-01")
        tell(here, who, Kind.TRANSFERRED_IN, "2026-09-01", unit=branch("第二党支部"))
        assert (who.is_present, who.unit) == (True, branch("第二党支部"))

    def test_what_would_contradict_something_later_is_refused(self, here: Cast) -> None:
        who = somebody(here)
        tell(here, who, Kind.LOST_CONTACT, "2026-05-01")
        with pytest.raises(refusals.LaterDisagrees, match="失去联系"):
            tell(here, who, Kind.DIED, "2026-04-01")


class TestVoiding:
    def test_the_standing_is_worked_out_anew(self, here: Cast) -> None:
        who = somebody(here)
        died = tell(here, who, Kind.DIED, "2026-05-01", basis="家属告知")
        void(died, by=here.user("secretary"), reason="同名误记")
        stored = Member.objects.get(pk=who.pk)
        assert (stored.left_on, stored.left_for, stored.left_note) == (None, "", "")
        kept = Event.objects.get(pk=died.pk)
        assert (kept.voided_for, kept.voided_by) == ("同名误记", here.user("secretary"))

    def test_not_twice_not_the_registration_and_not_without_a_reason(self, here: Cast) -> None:
        who, by = somebody(here), here.user("secretary")
        made = tell(here, who, Kind.LOST_CONTACT, "2026-05-01")
        with pytest.raises(refusals.ReasonMissing):
            void(made, by=by, reason=" ")
        void(made, by=by, reason="误记")
        with pytest.raises(refusals.AlreadyVoided):
            void(made, by=by, reason="误记")
        with pytest.raises(refusals.RegistrationStays):
            void(Event.objects.get(member=who, kind=Kind.REGISTERED), by=by, reason="误记")

    def test_what_later_events_rest_on_stays(self, here: Cast) -> None:
        who = somebody(here, category="development_object")
        admitted = tell(here, who, Kind.ADMITTED, "2025-03-10")
        tell(here, who, Kind.CONVERTED, "2026-03-10")
        with pytest.raises(refusals.LaterDisagrees, match="转为正式党员"):
            void(admitted, by=here.user("secretary"), reason="误记")


class TestOtherWays:
    def test_a_hand_typed_change_of_branch_tick_or_dates_becomes_events(self, here: Cast) -> None:
        who = somebody(here, joined_on=date(2010, 7, 1))
        new = {"unit": branch("第二党支部"), "joined_on": date(2010, 7, 2), "is_floating": True, "job": "教师"}
        records.change(who, new, by=here.user("owner"), seen_at=who.updated_at, basis="档案")
        told = {event.kind: event for event in Event.objects.filter(member=who)}
        assert set(told) == {Kind.REGISTERED, Kind.CORRECTED, Kind.MOVED, Kind.FLOATING_OUT}
        assert told[Kind.CORRECTED].details == {"fields": {"joined_on": ["2010-07-01", "2010-07-02"]}}
        assert told[Kind.CORRECTED].basis == "档案"
        stored = Member.objects.get(pk=who.pk)
        assert {name: getattr(stored, name) for name in new} == new
        assert no_drift()

    def test_leaving_is_an_event_and_coming_back_voids_it(self, here: Cast) -> None:
        who, by = somebody(here), here.user("owner")
        leaving.leave(who, on=date(2026, 5, 1), reason="deceased", note="讣告", by=by)
        stored = Member.objects.get(pk=who.pk)
        assert (stored.left_on, stored.left_for, stored.left_note) == (date(2026, 5, 1), "deceased", "讣告")
        leaving.come_back(who, reason="同名误记", by=by)
        assert Event.objects.get(member=who, kind=Kind.DIED).voided_for == "同名误记"
        assert Member.objects.get(pk=who.pk).is_present

    @pytest.mark.parametrize("reason", Member.Leaving.values)
    @pytest.mark.parametrize("category", ["full", "applicant"])
    def test_every_reason_to_leave_is_kept(self, here: Cast, reason: str, category: str) -> None:
        who = somebody(here, category=category)
        leaving.leave(who, on=date(2026, 5, 1), reason=reason, note="", by=here.user("owner"))
        assert Member.objects.get(pk=who.pk).left_for == reason
        assert no_drift()

    def test_when_branches_merge_everybody_moves_on_that_day(self, here: Cast) -> None:
        who, gone, by = somebody(here), somebody(here, name="钱一", phone=""), here.user("owner")
        leaving.leave(gone, on=date(2026, 5, 1), reason="other", note="", by=by)
        merge([branch()], into=branch("第二党支部"), on=date(2026, 7, 1), by=by)
        for one in (who, gone):
            moved = Event.objects.get(member=one, kind=Kind.MOVED)
            assert (moved.on, moved.unit.name) == (date(2026, 7, 1), "第二党支部")
        assert no_drift()

    def test_a_member_put_on_the_register_begins_with_that_event(self, here: Cast) -> None:
        made = records.register_member(branch(), {"name": "周新", "category": "applicant"}, by=here.user("owner"))
        first = Event.objects.get(member=made)
        assert (first.kind, first.on, first.details) == (Kind.REGISTERED, today(), {"category": "applicant"})


class TestAsOf:
    def test_columns_and_events_tell_the_same_of_every_day(self, here: Cast) -> None:
        """The short way for most people must be the long way for all."""
        people = fill(60, branch())
        for number, who in enumerate(people):
            who.category = "full" if who.converted_on else "probationary"
            if number % 9 == 0:
                who.category, who.joined_on, who.converted_on = "activist", None, None
        Member.objects.bulk_update(people, ["category", "joined_on", "converted_on"])
        register_many(people, on=date(2026, 3, 1), by=None, at=people[0].created_at)
        kinds = [
            (Kind.LOST_CONTACT, {}, None),
            (Kind.MOVED, {}, branch("第二党支部")),
            (Kind.TRANSFERRED_OUT, {}, None),
            (Kind.DISCIPLINED, {"punishment": "observation"}, None),
            (Kind.DIED, {}, None),
            (Kind.HONOURED, {"title": "先进"}, None),
        ]
        members = [who for who in people if who.joined_on and who.joined_on < date(2026, 1, 1)]
        for number, who in enumerate(members[:36]):
            kind, details, unit = kinds[number % 6]
            tell(here, who, kind, f"2026-0{4 + number % 4}-15", details=details, unit=unit)
        units = Unit.objects.filter(pk=branch().pk)
        for day in (date(2015, 1, 1), date(2026, 2, 1), date(2026, 5, 1), date(2026, 6, 20), today()):
            events = {who.pk: list(Event.objects.standing().filter(member=who)) for who in people}
            long_way = {pk: derive(found, on=day) for pk, found in events.items()}
            expected = {pk: s for pk, s in long_way.items() if s.is_present and s.unit_id == branch().pk}
            found = {each.member_id: each.standing for each in stood(units, on=day) if each.member_id in events}
            assert found == expected, day

    def test_it_takes_three_queries_for_anybody(self, here: Cast, django_assert_num_queries: Any) -> None:
        fill(30, branch())
        with django_assert_num_queries(3):
            stood(Unit.objects.all(), on=date(2026, 1, 1))

    def test_who_is_entitled_to_vote_on_a_day(self, here: Cast) -> None:
        who, units = somebody(here, joined_on=date(2010, 1, 1)), Unit.objects.filter(pk=branch().pk)
        tell(here, who, Kind.DISCIPLINED, "2026-05-01", details={"punishment": "observation"})
        assert who.pk in entitled(units, on=date(2026, 4, 30))
        assert who.pk not in entitled(units, on=date(2026, 5, 1))


class TestReleases:
    def test_the_migration_writes_what_the_columns_say(self, here: Cast) -> None:
        rows = fill(12, branch())
        rows[0].left_on, rows[0].left_for, rows[0].left_note = date(2026, 5, 1), "transferred", "介绍信"
        rows[1].left_on, rows[1].left_for = date(2026, 5, 2), "mistake"
        rows[2].is_floating, rows[3].probation_extension = True, 6
        Member.objects.bulk_update(rows, ["left_on", "left_for", "left_note", "is_floating", "probation_extension"])
        Event.objects.all().delete()
        with connection.cursor() as cursor:
            for statement in (TAKING_OVER.REGISTERED, TAKING_OVER.LEFT, TAKING_OVER.CHECKED):
                cursor.execute(statement)
        assert Event.objects.filter(kind=Kind.REGISTERED).count() == Member.objects.count()
        assert Event.objects.exclude(kind=Kind.REGISTERED).count() == 2
        assert no_drift()
