"""Who stands, as one list; and among a committee's candidates who is meant to lead it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.widgets import PeoplePicker
from workspace.elections.forms.seen import SeenForm
from workspace.elections.models import Election
from workspace.elections.models.candidates import Candidate, Post
from workspace.members.models import Member

_POSTS = {"secretaries": Post.SECRETARY.value, "deputies": Post.DEPUTY.value}


class CandidatesForm(SeenForm):
    """`voters` are the members who may be chosen."""

    people = forms.ModelMultipleChoiceField(
        Member.objects.none(), label=_("委员候选人"), required=False, widget=PeoplePicker
    )
    secretaries = forms.ModelMultipleChoiceField(
        Member.objects.none(), label=_("书记候选人"), required=False, widget=PeoplePicker
    )
    deputies = forms.ModelMultipleChoiceField(
        Member.objects.none(), label=_("副书记候选人"), required=False, widget=PeoplePicker
    )
    again = forms.BooleanField(label=_("重新报批（已经批复的名单作废）"), required=False)

    def __init__(self, *args: Any, voters: Any, may_ask_again: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("people", *_POSTS):
            field: Any = self.fields[name]
            field.queryset = voters
        if not self.election.deputies:
            del self.fields["deputies"]
        if not may_ask_again:
            del self.fields["again"]
        if self.election.elects_committee:
            self.fields["secretaries"].help_text = _("从委员候选人中提出，由新一届委员会选举。可以留空。")
        else:
            del self.fields["people"]

    def as_it_is(self, election: Election) -> dict[str, Any]:
        people = election.people
        chosen = {name: [one.member for one in people if one.post == post] for name, post in _POSTS.items()}
        return {"people": [one.member for one in people], **chosen}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        taken: set[int] = set()
        for name in (name for name in _POSTS if name in self.fields):
            keys = {member.pk for member in said.get(name, ())}
            if keys & taken:
                self.add_error(name, _("同一个人不能同时是书记和副书记的候选人。"))
            taken |= keys
        if "people" in self.fields and taken - {member.pk for member in said.get("people", ())}:
            self.add_error("secretaries", _("书记、副书记候选人要先列为委员候选人。"))
        return said

    def candidates(self) -> list[Candidate]:
        """Of a valid form, by name."""
        said = self.cleaned_data
        posts = {member.pk: post for name, post in _POSTS.items() for member in said.get(name, ())}
        chosen = {member.pk: member for name in ("people", *_POSTS) for member in said.get(name, ())}
        ranked = sorted(chosen.values(), key=lambda member: (member.pinyin, member.pk))
        return [Candidate(member=one.pk, name=one.name, post=posts.get(one.pk, Post.COMMITTEE.value)) for one in ranked]

    def say(self, name: str, value: Any) -> str:
        names = {one.member: one.name for one in self.election.people}
        keys = [(one.pk, one.name) if isinstance(one, Member) else (one, names.get(one, "")) for one in value or ()]
        return "、".join(name for _key, name in sorted(keys)) or "—"
