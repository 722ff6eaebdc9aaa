"""The figures are what the formulas say, and say nothing where there is too little."""

from datetime import date, timedelta

import pytest

from tenants import context
from tests.indicators.conftest import TODAY, reach_of
from tests.support.activities import at, branch_of, member, on_record
from tests.support.cast import Cast
from workspace.activities.actions.obligations import reassess, renew_obligations
from workspace.activities.models import Activity, CheckIn, Participation
from workspace.indicators.dashboards import KINDS
from workspace.indicators.inputs.projects import Project, attainment, contribution
from workspace.indicators.shares import Share, mean
from workspace.indicators.values import Dashboard, Number, shown
from workspace.members.models import Appointment, Member
from workspace.organization.models import Unit


def number(board: Dashboard, key: str) -> Number:
    return next(one for one in board.all_numbers if one.key == key)


def test_below_three_items_there_is_no_rate() -> None:
    assert Share(2, 2).rate is None
    assert Share(2, 4).rate == 0.5
    assert mean([None, 0.5, 1]) == 0.75
    assert mean([None]) is None


def test_what_is_not_whole_never_shows_as_a_hundred() -> None:
    assert shown(0.999, "%") == 99
    assert shown(1, "%") == 100
    assert shown(None, "%") is None


def test_regularity_counts_late_as_half(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(4)
        renew_obligations(unit, year=2026, on=TODAY, since=date(2026, 8, 1))
        on_record(unit, date(2026, 8, 10), "party_day")
        on_record(unit, date(2026, 9, 10), "party_day", recorded=date(2026, 10, 19))
        reassess([unit], year=2026, on=TODAY)
        main = KINDS["vitality"].build(reach_of(unit)).main
        # owed by then: three party days (one late, one open) and the third quarter's general meeting
        assert main.basis == "1.5 / 4"
        assert main.value == pytest.approx(1.5 / 4)


def test_breadth_asks_whether_and_never_how_often(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(4)
        for day in (date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17)):
            activity = on_record(unit, day, "party_day")
            CheckIn.objects.create(activity=activity, member=member("member"), method="manual", at=at(day))
        Member.objects.filter(name="党员3").update(is_exempt=True)
        board = KINDS["vitality"].build(reach_of(unit, "2026-Q4"))
        # four members, one exempt, two months begun; one of them came, in one month
        assert number(board, "breadth").basis == "1 / 6"


def test_words_of_two_people_make_an_activity_a_conversation(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(4)
        held = [on_record(unit, date(2026, 11, day), "party_day") for day in (3, 10, 17)]
        for name in ("member", "secretary"):
            Participation.objects.create(activity=held[0], member=member(name), remarked_at=at("2026-11-04"))
        Participation.objects.create(activity=held[1], member=member("member"), remarked_at=at("2026-11-11"))
        assert number(KINDS["vitality"].build(reach_of(unit)), "interaction").basis == "1 / 3"


def test_elections_are_on_time_while_the_term_runs(cast: Cast) -> None:
    with context.inside(cast.jia):
        names = ("第一党支部", "第二党支部")
        for name, elected in zip(names, (date(2022, 1, 1), date(2025, 1, 1)), strict=True):
            Unit.objects.filter(name=name).update(elected_on=elected)
        board = KINDS["responsibility"].build(reach_of())
        assert number(board, "elections").basis.startswith("1 / 2")
        assert any("2025-01-01" in item.text and item.place == "第一党支部" for item in board.attention)
        # seen from the end of 2023, both that had been elected were in their term
        past = KINDS["responsibility"].build(reach_of(code="2024"))
        assert number(past, "elections").basis.startswith("2 / 2")


def test_the_burden_is_meetings_from_above_for_each_branch_and_month(cast: Cast) -> None:
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1)
        for day in (5, 15):
            activity = on_record(root, date(2026, 10, day), "training")
            Activity.objects.filter(pk=activity.pk).update(audience="below")
        on_record(branch_of(4), date(2026, 10, 20), "party_day")  # its own: no burden from above
        reach = reach_of(code="2026-Q4")
        branches = len(reach.branches)
        main = KINDS["departments"].build(reach).main
        assert main.value == pytest.approx(2 * branches / (2 * branches))
        assert KINDS["departments"].build(reach_of(branch_of(4), "2026")).main.value == pytest.approx(2 / 11)


def test_the_first_responsible_person_s_own_deeds_are_counts(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(4)
        Appointment.objects.create(unit=unit, member=member("secretary"), post="secretary", since=date(2025, 1, 1))
        activity = on_record(unit, date(2026, 10, 20), "general_meeting")
        other = on_record(unit, date(2026, 10, 21), "general_meeting")
        Activity.objects.filter(pk=activity.pk).update(host="李书记")
        Activity.objects.filter(pk=other.pk).update(host="别人")
        activity.resolutions.create(text="办", owner=member("secretary"), due=TODAY, done_at=at("2026-11-01"))
        board = KINDS["first-responsible"].build(reach_of(unit))
        counts = {one.key: one.value for one in board.numbers[:4]}
        assert counts == {"deployed": 1, "asked": 0, "coordinated": 0, "supervised": 1}


def test_probation_that_is_over_needs_attention_unless_it_was_extended(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = Unit.objects.get(name="第一党支部")
        over = TODAY - timedelta(days=400)
        for name, months in (("甲", None), ("乙", 6)):
            Member.objects.create(
                unit=unit, name=name, category="probationary", joined_on=over, probation_extension=months
            )
        Member.objects.create(unit=unit, name="丙", category="probationary", joined_on=date(2026, 5, 1))
        board = KINDS["development"].build(reach_of(unit))
        assert number(board, "overdue").value == 1
        assert board.main.value == 1  # admitted this year
        assert board.attention


def test_attainment_is_held_between_nothing_and_a_fifth_more() -> None:
    def project(result: float | None, **more) -> Project:
        return Project(title="攻关", path="0001", baseline=100, target=80, result=result, **more)

    assert attainment(project(90)) == 0.5
    assert attainment(project(120)) == 0
    assert attainment(project(10)) == 1.2
    assert attainment(project(None)) == 0
    confirmed = [project(80, weight=3, confirmed=True), project(80, weight=1)]
    assert contribution(confirmed) == pytest.approx(0.75)
    assert contribution([]) is None


def test_what_nobody_recorded_is_missing_and_not_zero(cast: Cast) -> None:
    with context.inside(cast.jia):
        board = KINDS["contribution"].build(reach_of())
        assert board.main.value is None and board.main.missing is not None
        assert KINDS["responsibility"].build(reach_of()).missing
