"""The demo's elections: one just done, one on the day of its ballots, one whose request waits above."""

from datetime import date, timedelta

from rules import Marks
from workspace.accounts.models import User
from workspace.elections.actions import balloting, candidates, meeting, opening, papers, posts
from workspace.elections.models import Election
from workspace.elections.models.candidates import Candidate
from workspace.elections.models.papers import About
from workspace.elections.queries.progress import progress
from workspace.elections.queries.rolls import roll_of
from workspace.members.models import Appointment
from workspace.organization.models import Unit

SEATS, STANDING = 5, 6


def elect(branches: list[Unit], *, by: User, on: date) -> None:
    """Through the product's own actions, on days of the last weeks."""
    done = _ready(branches[1], by=by, on=on, meets=on - timedelta(days=10))
    done = _share(_lead(_count(done, by=by, on=on), by=by, on=on), by=by)
    papers.ask(done, About.RESULT, on=on - timedelta(days=8), by=by, today=on, number="机二支〔报〕5号")
    papers.decide(done, approve=True, on=on - timedelta(days=5), by=by, today=on, number="同集党〔批〕31号")
    _count(_ready(branches[3], by=by, on=on, meets=on), by=by, on=on)
    asked = _open(branches[5], by=by, on=on, planned=on + timedelta(days=30))
    note = "拟召开党员大会，选举产生新一届支部委员会。"
    papers.ask(asked, About.REQUEST, on=on, by=by, today=on, number="质检支〔请〕2号", note=note)


def _open(unit: Unit, *, by: User, on: date, planned: date) -> Election:
    plan = opening.Plan(kind="committee", seats=SEATS, deputies=1, planned_on=planned, reason="本届任期届满。")
    return opening.open_election(Unit.objects.get(pk=unit.pk), plan, by=by, on=on)


def _ready(unit: Unit, *, by: User, on: date, meets: date) -> Election:
    """Everything agreed above; the meeting is open."""
    made = _open(unit, by=by, on=on, planned=meets)
    _agree(made, About.REQUEST, asked=meets - timedelta(days=20), by=by, on=on)
    lines = roll_of(made, on=meets).voters
    sitting = Appointment.objects.filter(unit=unit, until=None).order_by("pk").values_list("member", flat=True)
    ranked = sorted(lines, key=lambda line: (line.member not in set(sitting), line.member))[:STANDING]
    people = [Candidate(member=line.member, name=line.name) for line in ranked]
    candidates.nominate(_now(made), people, by=by, on=meets)
    _agree(made, About.CANDIDATES, asked=meets - timedelta(days=12), by=by, on=on)
    meeting.open_meeting(_now(made), on=meets, present=len(lines) - 1, by=by, today=on)
    return _now(made)


def _agree(made: Election, about: str, *, asked: date, by: User, on: date) -> None:
    papers.ask(_now(made), about, on=asked, by=by, today=on)
    papers.decide(_now(made), approve=True, on=asked + timedelta(days=3), by=by, today=on, number="同集党〔批〕28号")


def _count(made: Election, *, by: User, on: date) -> Election:
    """All but the last candidate have most of the votes."""
    ballots = made.present or 0
    votes = {
        one.member: Marks(ballots - place if place < SEATS else 3, place if place < SEATS else ballots - 3)
        for place, one in enumerate(made.people)
    }
    return _voted(made, "committee", votes, ballots, by=by, on=on)


def _lead(made: Election, *, by: User, on: date) -> Election:
    keys = progress(made, "committee").elected
    made = _voted(made, "secretary", {keys[0]: Marks(SEATS)}, SEATS, by=by, on=on)
    return _voted(made, "deputy", {keys[1]: Marks(SEATS - 1, 1)}, SEATS, by=by, on=on)


def _voted(made: Election, purpose: str, votes: dict[int, Marks], ballots: int, *, by: User, on: date) -> Election:
    counted = balloting.Counted(
        on=made.held_on or on, present=ballots, issued=ballots, returned=ballots, valid=ballots, votes=votes
    )
    balloting.count(made, purpose, counted, by=by, today=on)
    return _now(made)


def _share(made: Election, *, by: User) -> Election:
    work = ("organisation", "publicity", "discipline")
    posts.divide(made, dict(zip(posts.members_to_share(made), work, strict=True)), by=by)
    return _now(made)


def _now(made: Election) -> Election:
    return Election.objects.select_related("unit").get(pk=made.pk)
