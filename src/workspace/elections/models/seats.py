"""Who takes which post after the election."""

from dataclasses import dataclass

from shared.stored import Stored
from workspace.elections.models.candidates import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(Stored):
    member: int
    name: str
    post: str

    def __post_init__(self) -> None:
        if self.post not in Post.values:
            raise ValueError(f"no post {self.post}")

    @property
    def label(self) -> str:
        return str(Post(self.post).label)
