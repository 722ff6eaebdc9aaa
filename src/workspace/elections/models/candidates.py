"""Who stands."""

from dataclasses import dataclass

from shared.stored import Stored
from workspace.members.models import Appointment

Post = Appointment.Post
LED_BY = (Post.SECRETARY, Post.DEPUTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Stored):
    """`post` is what the person is proposed for: of a committee's candidates 委员, or the secretary or deputy that the
    committee then elects from among itself."""

    member: int
    name: str
    post: str = Post.COMMITTEE.value

    def __post_init__(self) -> None:
        if self.post not in (*LED_BY, Post.COMMITTEE):
            raise ValueError(f"nobody stands for {self.post}")

    @property
    def post_label(self) -> str:
        return str(Post(self.post).label)
