"""Which post each elected member takes."""

from typing import Any

from django import forms

from workspace.elections.actions.posts import SHARED_OUT, members_to_share
from workspace.elections.forms.seen import SeenForm
from workspace.elections.models import Election
from workspace.elections.models.candidates import Post
from workspace.elections.queries.progress import names_of


class PostsForm(SeenForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = names_of(self.election)
        self.keys = members_to_share(self.election)
        for key in self.keys:
            choices = [(post.value, post.label) for post in SHARED_OUT]
            self.fields[f"post_{key}"] = forms.ChoiceField(label=names[key], choices=choices)

    def as_it_is(self, election: Election) -> dict[str, Any]:
        return {f"post_{seat.member}": seat.post for seat in election.outcome} or _usual(election)

    def say(self, name: str, value: Any) -> str:
        return str(Post(value).label) if value else "—"

    def chosen(self) -> dict[int, str]:
        """Of a valid form."""
        return {key: self.cleaned_data[f"post_{key}"] for key in self.keys}

    def differences(self) -> list[tuple[str, str]]:
        return super().differences() if self.election.outcome else []


def _usual(election: Election) -> dict[str, str]:
    """Organisation, publicity, discipline, youth, then plain members, by votes."""
    order = [*SHARED_OUT]
    keys = members_to_share(election)
    return {f"post_{key}": order[min(place, len(order) - 1)].value for place, key in enumerate(keys)}
