"""How far the ballots are: who has been elected to what, who stands again, which seats are left. Asks no database."""

from dataclasses import dataclass

from workspace.elections.models import Election
from workspace.elections.models.candidates import Post
from workspace.elections.models.papers import About
from workspace.elections.models.rounds import Round


@dataclass(frozen=True)
class Progress:
    """Of one post over all its rounds, by keys of members. `left_open` is why empty seats stay so."""

    purpose: str
    seats: int
    rounds: tuple[Round, ...]
    elected: tuple[int, ...]
    undecided: tuple[int, ...]
    left_open: str

    @property
    def left(self) -> int:
        return self.seats - len(self.elected)

    @property
    def is_over(self) -> bool:
        return self.left == 0 or bool(self.left_open)


def progress(election: Election, purpose: str) -> Progress:
    rounds = tuple(one for one in election.counts if one.purpose == purpose)
    elected = tuple(key for one in rounds for key in one.elected)
    last = rounds[-1] if rounds else None
    tied = tuple(last.undecided) if last else ()
    return Progress(purpose, seats_of(election, purpose), rounds, elected, tied, last.left_open if last else "")


def seats_of(election: Election, purpose: str) -> int:
    if purpose == Post.DEPUTY:
        return election.deputies
    return election.seats if purpose == Post.COMMITTEE else 1


def purposes(election: Election) -> list[str]:
    """What is voted on, in order: by the meeting first, then by the committee from among itself."""
    first = [Post.COMMITTEE.value] if election.elects_committee else []
    return [*first, Post.SECRETARY.value, *([Post.DEPUTY.value] if election.deputies else [])]


def current_purpose(election: Election) -> str:
    """What is voted on next; empty when everything is decided."""
    return next((one for one in purposes(election) if not progress(election, one).is_over), "")


def is_by_committee(election: Election, purpose: str) -> bool:
    return election.elects_committee and purpose != Post.COMMITTEE


def standing_for(election: Election, purpose: str) -> list[int]:
    """Who may stand in the next round: those tied over the last seat, else those not elected yet."""
    so_far = progress(election, purpose)
    if so_far.undecided:
        return [*so_far.undecided]
    if is_by_committee(election, purpose):
        taken = {key for one in purposes(election)[1:] for key in progress(election, one).elected}
        return [key for key in progress(election, Post.COMMITTEE).elected if key not in taken]
    people = [row for row in election.people if election.elects_committee or row.post == purpose]
    return [row.member for row in people if row.member not in so_far.elected]


def entitled_of(election: Election, purpose: str) -> int:
    """How many vote on it: those on the frozen roll, or the committee's own members."""
    if is_by_committee(election, purpose):
        return len(progress(election, Post.COMMITTEE).elected)
    return len(election.list_of_voters.voters)


def names_of(election: Election) -> dict[int, str]:
    """Of the candidates, and of everybody on the frozen list, who may be written onto a ballot."""
    listed = {line.member: line.name for line in election.list_of_voters.lines}
    return listed | {row.member: row.name for row in election.people}


def written_in(election: Election, purpose: str) -> list[int]:
    """Who may be chosen besides the candidates (另选他人): by a meeting all with a vote, by a committee nobody."""
    if is_by_committee(election, purpose):
        return []
    taken = {*standing_for(election, purpose), *progress(election, purpose).elected}
    return [line.member for line in election.list_of_voters.voters if line.member not in taken]


def step_of(election: Election) -> str:
    """What comes next: request, candidates, meeting, ballot, posts, result; `done` when nothing does."""
    if not election.is_approved(About.REQUEST):
        return "request"
    if not election.is_approved(About.CANDIDATES):
        return "candidates"
    if election.held_on is None:
        return "meeting"
    if current_purpose(election):
        return "ballot"
    if not election.posts:
        return "posts"
    return "done" if election.is_approved(About.RESULT) else "result"
