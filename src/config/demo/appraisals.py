"""The demo's appraisals: last year's on the timelines, this year's at four different steps."""

from datetime import date, timedelta

from shared.clock import today
from workspace.accounts.models import User
from workspace.appraisal.actions import balloting, ending, grading, meeting, opening, writing
from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.ballots import Way
from workspace.appraisal.models.people import Person
from workspace.appraisal.models.verdicts import Decider
from workspace.members.models import Member
from workspace.organization.models import Unit

REVIEW = (
    "一年来坚持参加“三会一课”，完成了车间两项工艺改进。不足是对理论学习抓得不紧，"
    "联系身边群众还不够主动。下一步每月至少和两名同事谈心一次。"
)
OPINION = "技术上肯钻研，对新同事有耐心。建议会上多发言。"


def appraise(branches: list[Unit], *, by: User, on: date) -> None:
    """Through the product's own actions."""
    ending.close(_announced(branches[1], on.year - 1, met=date(on.year - 1, 12, 20), by=by), by=by, on=on)
    met = on - timedelta(days=6)
    _graded(_counted(branches[5], on.year, met=met, by=by), by=by)
    _counted(branches[4], on.year, met=met, by=by)
    balloting.begin(_met(branches[2], on.year, met=met, by=by), Way.PHONE.value, on=on, by=by, today=on)
    _write(_met(branches[3], on.year, met=on, by=by), on=on)


def _met(unit: Unit, year: int, *, met: date, by: User) -> Appraisal:
    """All but three have handed in a paper; the meeting is held."""
    plan = opening.Plan(cutoff_on=met - timedelta(days=5), planned_on=met)
    made = opening.open_appraisal(Unit.objects.get(pk=unit.pk), year, plan, by=by, on=today())
    for one in made.participants[3:]:
        writing.note_paper(made, one.member, by=by, on=met)
    meeting.begin_mutual(_now(made), on=met, by=by, today=today())
    return _now(made)


def _write(made: Appraisal, *, on: date) -> None:
    """Who has an account writes by phone; of the others each has one opinion on the first."""
    users = dict(Member.objects.filter(unit=made.unit).exclude(user=None).values_list("pk", "user_id"))
    first = made.participants[0]
    for one in made.participants:
        if one.member in users and one.member != first.member:
            user = User.objects.get(pk=users[one.member])
            if user.username != "dangyuan":  # something is left to try
                writing.say(made, one.member, first.member, text=OPINION, at_meeting=True, by=user, on=on)
            if not any(each.member == one.member for each in _now(made).self_reviews):
                writing.review(made, one.member, REVIEW, by=user, on=on)


def _counted(unit: Unit, year: int, *, met: date, by: User) -> Appraisal:
    made = _met(unit, year, met=met, by=by)
    balloting.begin(made, Way.PAPER.value, on=met, by=by, today=today())
    ballots = len(made.participants)
    counted = balloting.Counted(
        on=met, issued=ballots, returned=ballots, valid=ballots - 1, tally=_tally(made.graded, ballots - 1)
    )
    balloting.count(_now(made), counted, by=by, today=today())
    return _now(made)


def _tally(graded: list[Person], valid: int) -> dict[int, dict[str, int]]:
    """Every fourth is excellent to most, and the last somewhat weak."""
    marks = {}
    for place, one in enumerate(graded):
        best = valid - 3 if place % 4 == 0 else 2
        marks[one.member] = {"excellent": best, "qualified": valid - best}
    marks[graded[-1].member] = {"qualified": 2, "basic": valid - 3, "abstain": 1}
    return marks


def _graded(made: Appraisal, *, by: User) -> Appraisal:
    ballot = made.counted
    assert ballot is not None  # noqa: S101  it was just counted
    grades = {one.member: ballot.leading(one.member)[0] for one in made.graded}
    settled = grading.Settled(by=Decider.COMMITTEE.value, on=ballot.on, grades=grades, reasons={})
    grading.grade(made, settled, by=by, today=today())
    return _now(made)


def _announced(unit: Unit, year: int, *, met: date, by: User) -> Appraisal:
    made = _graded(_counted(unit, year, met=met, by=by), by=by)
    grading.announce(made, on=met + timedelta(days=3), by=by, today=today())
    return _now(made)


def _now(made: Appraisal) -> Appraisal:
    return Appraisal.objects.select_related("unit").get(pk=made.pk)
