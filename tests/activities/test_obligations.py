"""What a branch owes follows its shape; what it held meets it."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants import context
from tests.support.activities import branch_of, on_record
from tests.support.cast import Cast
from workspace.activities.actions import obligations
from workspace.activities.models import Obligation
from workspace.members.models import Appointment, Member
from workspace.organization.models import Unit

TODAY = date(2026, 9, 20)
YEAR_START = date(2026, 1, 1)


def renew(unit: Unit, *, on: date = TODAY, since: date | None = YEAR_START) -> obligations.Renewal:
    return obligations.renew_obligations(unit, year=2026, on=on, since=since)


def owed(unit: Unit) -> Counter[str]:
    codes = Obligation.objects.filter(unit=unit).values_list("rule_code", flat=True)
    return Counter(code.partition(".")[2] for code in codes)


def state_of(unit: Unit, key: str) -> str:
    code, _, period = key.partition("/")
    return Obligation.objects.get(unit=unit, rule_code=code, period=period).state


def test_a_branch_of_six_without_groups_owes_no_committee_or_group_meetings(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(6)
        renew(unit)
        assert owed(unit) == {
            "general_meeting": 4,
            "party_day": 12,
            "lecture": 1,
            "organisation_life_meeting": 1,
            "appraisal": 1,
            "heart_to_heart": 1,
        }


def test_a_committee_and_groups_owe_their_meetings(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(9)
        people = list(Member.objects.below(unit)[:3])
        posts = (Appointment.Post.SECRETARY, Appointment.Post.ORGANISATION, Appointment.Post.PUBLICITY)
        for member, post in zip(people, posts, strict=True):
            Appointment.objects.create(unit=unit, member=member, post=post, since=date(2025, 1, 1))
        for name in ("一组", "二组"):
            Unit.objects.add_child(Unit.objects.get(pk=unit.pk), instance=Unit(name=name, type=Unit.Type.GROUP))
        unit = Unit.objects.get(pk=unit.pk)
        renew(unit)
        assert owed(unit)["committee_meeting"] == 12
        assert owed(unit)["group_meeting"] == 12
        assert set(Obligation.objects.filter(rule_code="branch.group_meeting").values_list("needed", flat=True)) == {2}


def test_renewing_again_changes_nothing(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(6)
        assert renew(unit).added == 20
        assert renew(unit) == obligations.Renewal(0, 0, 0)


def test_a_unit_that_comes_in_september_does_not_start_with_eight_months_of_failure(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(6)
        renew(unit, since=None)
        assert not Obligation.objects.overdue(on=TODAY).exists()
        assert owed(unit)["party_day"] == 4
        renew(unit, since=YEAR_START)
        assert Obligation.objects.overdue(on=TODAY).count() == 10  # eight party days and two general meetings


def test_one_event_of_several_kinds_meets_several_obligations(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(6)
        renew(unit)
        held = on_record(unit, date(2026, 9, 15), "party_day", "lecture", "general_meeting")
        changed = obligations.reassess([unit], year=2026, on=TODAY)
        assert {row.key for row in changed} == {
            "branch.party_day/2026-09",
            "branch.lecture/2026",
            "branch.general_meeting/2026-Q3",
        }
        assert {(row.state, row.met_by_id, row.met_on) for row in changed} == {("met", held.pk, date(2026, 9, 15))}


def test_a_record_made_more_than_seven_days_after_the_due_day_is_late(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(6)
        renew(unit)
        on_record(unit, date(2026, 6, 15), "party_day", recorded=date(2026, 7, 7))
        on_record(unit, date(2026, 7, 15), "party_day", recorded=date(2026, 8, 8))
        obligations.reassess([unit], year=2026, on=TODAY)
        assert state_of(unit, "branch.party_day/2026-06") == "met"
        assert state_of(unit, "branch.party_day/2026-07") == "late"


def test_a_later_meeting_repairs_a_missed_month_only_when_it_says_so(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(6)
        renew(unit)
        held = on_record(unit, date(2026, 9, 10), "party_day")
        obligations.reassess([unit], year=2026, on=TODAY)
        assert state_of(unit, "branch.party_day/2026-08") == "open"
        held.aims = ["branch.party_day/2026-08"]
        held.save()
        obligations.reassess([unit], year=2026, on=TODAY)
        assert state_of(unit, "branch.party_day/2026-08") == "late"
        assert state_of(unit, "branch.party_day/2026-09") == "open"


def test_a_group_meets_for_its_branch_and_only_once_a_month(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(9)
        groups = [
            Unit.objects.add_child(Unit.objects.get(pk=unit.pk), instance=Unit(name=name, type=Unit.Type.GROUP))
            for name in ("一组", "二组")
        ]
        unit = Unit.objects.get(pk=unit.pk)
        renew(unit)
        on_record(groups[0], date(2026, 9, 2), "group_meeting")
        on_record(groups[0], date(2026, 9, 9), "group_meeting")
        obligations.reassess([unit], year=2026, on=TODAY)
        assert state_of(unit, "branch.group_meeting/2026-09") == "open"
        on_record(groups[1], date(2026, 9, 16), "group_meeting")
        obligations.reassess([unit], year=2026, on=TODAY)
        assert state_of(unit, "branch.group_meeting/2026-09") == "met"


def test_dissolving_the_committee_drops_what_is_still_open_and_keeps_what_was_met(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(9)
        member = Member.objects.below(unit).first()
        post = Appointment.objects.create(
            unit=unit, member=member, post=Appointment.Post.COMMITTEE, since=date(2025, 1, 1)
        )
        renew(unit)
        on_record(unit, date(2026, 9, 3), "committee_meeting")
        obligations.reassess([unit], year=2026, on=TODAY)
        post.until = date(2026, 9, 10)
        post.save()
        assert renew(unit).dropped == 3  # October to December; September is met, January to August are history
        assert state_of(unit, "branch.committee_meeting/2026-09") == "met"
        assert owed(unit)["committee_meeting"] == 9


def test_an_exempt_obligation_says_why_and_survives_everything(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(6)
        renew(unit)
        row = Obligation.objects.get(unit=unit, rule_code="branch.party_day", period="2026-08")
        with pytest.raises(obligations.ExemptionNeedsReason):
            obligations.exempt(row, by=cast.user("owner"), reason=" ")
        obligations.exempt(row, by=cast.user("owner"), reason="防汛抢险")
        on_record(unit, date(2026, 8, 15), "party_day")
        obligations.reassess([unit], year=2026, on=TODAY)
        renew(unit)
        assert state_of(unit, row.key) == "exempt"
        obligations.withdraw_exemption(Obligation.objects.get(pk=row.pk), by=cast.user("owner"), on=TODAY)
        assert state_of(unit, row.key) == "met"


def test_what_is_met_cannot_be_excused(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(6)
        renew(unit)
        on_record(unit, date(2026, 8, 15), "party_day")
        obligations.reassess([unit], year=2026, on=TODAY)
        row = Obligation.objects.get(unit=unit, rule_code="branch.party_day", period="2026-08")
        with pytest.raises(obligations.AlreadyMet):
            obligations.exempt(row, by=cast.user("owner"), reason="理由")


def test_labels_and_citations_come_from_the_rule(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(6)
        renew(unit)
        row = Obligation.objects.get(unit=unit, rule_code="branch.general_meeting", period="2026-Q3")
        assert row.label == "2026年第三季度 党员大会"
        assert row.rule.citation == "《中国共产党支部工作条例（试行）》第十一条"


def test_many_units_are_renewed_in_a_fixed_number_of_queries(cast: Cast) -> None:
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1)
        with CaptureQueriesContext(
            connection,
        ) as few:
            obligations.renew_many(list(Unit.objects.all()), year=2026, on=TODAY)
        Obligation.objects.all().delete()
        for number in range(30):
            Unit.objects.add_child(
                Unit.objects.get(pk=root.pk), instance=Unit(name=f"支部{number}", type=Unit.Type.BRANCH)
            )
        with CaptureQueriesContext(connection) as many:
            obligations.renew_many(list(Unit.objects.all()), year=2026, on=TODAY)
        assert len(many) <= len(few) + 2
