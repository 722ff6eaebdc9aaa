"""The roll of one activity as people read it."""

from dataclasses import dataclass

from workspace.activities.models import Activity, CheckIn, Participation
from workspace.members.models import Member


@dataclass(frozen=True)
class Line:
    """One member on the roll, with the check-in if there is one."""

    place: Participation
    arrival: CheckIn | None

    @property
    def member(self) -> Member:
        return self.place.member

    @property
    def is_here(self) -> bool:
        return self.arrival is not None

    @property
    def is_guest(self) -> bool:
        return not (self.place.is_expected or self.member.is_exempt or self.member.is_lost_contact)


@dataclass(frozen=True)
class Roster:
    """Everybody on the roll, in the order of the register."""

    lines: list[Line]

    @property
    def expected(self) -> int:
        return sum(line.place.is_expected for line in self.lines)

    @property
    def here(self) -> list[Line]:
        return [line for line in self.lines if line.is_here]

    @property
    def expected_here(self) -> int:
        return sum(line.place.is_expected for line in self.here)

    @property
    def guests(self) -> list[Line]:
        """People who came without being counted on; own members who are infirm or lost are no guests."""
        return [line for line in self.here if line.is_guest]

    @property
    def excused_here(self) -> list[Line]:
        """Members of whom nothing is demanded, and who came all the same."""
        return [line for line in self.here if not line.place.is_expected and not line.is_guest]

    @property
    def remote(self) -> list[Line]:
        return [line for line in self.here if line.arrival and line.arrival.method == CheckIn.Method.REMOTE]

    @property
    def absent(self) -> list[Line]:
        return [line for line in self.lines if line.place.is_expected and not line.is_here]

    @property
    def coming(self) -> int:
        return sum(line.place.answer == Participation.Answer.COMING for line in self.lines)

    @property
    def with_vote(self) -> int:
        """Full members on the roll: who may vote, as far as the register tells."""
        return sum(line.member.category == Member.Category.FULL for line in self.lines)

    @property
    def with_vote_here(self) -> int:
        return sum(line.member.category == Member.Category.FULL for line in self.here)

    @property
    def remarks(self) -> list[Line]:
        return [line for line in self.lines if line.place.remark]


def roster(activity: Activity) -> Roster:
    """Two queries, whatever the number of people."""
    arrivals = {arrival.member_id: arrival for arrival in activity.check_ins.select_related("by")}
    places = activity.roll.select_related("member__unit").order_by(
        "member__unit__path", "member__pinyin", "member__name"
    )
    return Roster([Line(place, arrivals.get(place.member_id)) for place in places])
