"""Elections as JSON: names and keys of members, never personal numbers."""

from typing import Any

from rest_framework import serializers

from workspace.elections.models import Election
from workspace.elections.models.candidates import LED_BY, Post
from workspace.elections.models.papers import NOTE, NUMBER, About
from workspace.elections.queries.progress import step_of
from workspace.elections.queries.terms import UnitTerm

STANDS_FOR = [(post.value, post.label) for post in (Post.COMMITTEE, *LED_BY)]


class ElectionPaperSerializer(serializers.Serializer[Any]):
    about = serializers.ChoiceField(About.choices)
    on = serializers.DateField()
    number = serializers.CharField(required=False)
    note = serializers.CharField(required=False)
    until = serializers.DateField(required=False, allow_null=True)
    decision = serializers.ChoiceField([("approved", ""), ("returned", "")], required=False, allow_blank=True)
    decided_on = serializers.DateField(required=False, allow_null=True)
    decided_number = serializers.CharField(required=False)
    reason = serializers.CharField(required=False)


class ElectionCandidateSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField(min_value=1)
    name = serializers.CharField(read_only=True)
    post = serializers.ChoiceField(STANDS_FOR, default=Post.COMMITTEE.value)


class ElectionSeatSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField(min_value=1)
    name = serializers.CharField(read_only=True)
    post = serializers.ChoiceField(Post.choices)


class ElectionVotesSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField(min_value=1)
    yes = serializers.IntegerField(min_value=0)
    no = serializers.IntegerField(min_value=0, default=0)
    abstain = serializers.IntegerField(min_value=0, default=0)


class ElectionCountSerializer(serializers.Serializer[Any]):
    """One ballot as counted."""

    purpose = serializers.ChoiceField(STANDS_FOR)
    on = serializers.DateField()
    present = serializers.IntegerField(min_value=0)
    issued = serializers.IntegerField(min_value=0)
    returned = serializers.IntegerField(min_value=0)
    valid = serializers.IntegerField(min_value=0)
    votes = ElectionVotesSerializer(many=True)


class ElectionRoundSerializer(ElectionCountSerializer):
    """`elected` and `undecided` are keys of members; `left_open` says why seats that nobody won stay empty."""

    seats = serializers.IntegerField()
    entitled = serializers.IntegerField()
    votes = serializers.SerializerMethodField()  # type: ignore[assignment]  # written as a list, kept by key
    elected = serializers.ListField(child=serializers.IntegerField())
    undecided = serializers.ListField(child=serializers.IntegerField())
    left_open = serializers.CharField()

    def get_votes(self, held: Any) -> list[dict[str, int]]:
        return [
            {"member": int(key), "yes": marks.yes, "no": marks.no, "abstain": marks.abstain}
            for key, marks in held.votes.items()
        ]


class ElectionSerializer(serializers.ModelSerializer[Election]):
    """`step` is what comes next, `asks` what the level above has to answer."""

    step = serializers.SerializerMethodField()
    papers = ElectionPaperSerializer(many=True, source="sheets", read_only=True)
    candidates = ElectionCandidateSerializer(many=True, source="people", read_only=True)
    rounds = ElectionRoundSerializer(many=True, source="counts", read_only=True)
    posts = ElectionSeatSerializer(many=True, source="outcome", read_only=True)

    class Meta:
        model = Election
        fields = (
            "id", "unit", "kind", "state", "step", "seats", "deputies", "planned_on", "reason", "term_ends", "held_on",
            "present", "asks", "papers", "candidates", "rounds", "posts", "remark", "closed_on", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_step(self, election: Election) -> str:
        return step_of(election) if election.is_running else ""


class ElectionPlanSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(Election.Kind.choices)
    seats = serializers.IntegerField(required=False, min_value=1, default=1)
    deputies = serializers.IntegerField(required=False, min_value=0, default=0)
    planned_on = serializers.DateField()
    reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)


class ElectionOpenSerializer(ElectionPlanSerializer):
    unit = serializers.IntegerField(min_value=1)


class ElectionChangeSerializer(ElectionPlanSerializer):
    updated_at = serializers.DateTimeField(required=False, help_text="As read; 409 when it was changed since.")


class ElectionAskSerializer(serializers.Serializer[Any]):
    about = serializers.ChoiceField(About.choices)
    on = serializers.DateField()
    number = serializers.CharField(required=False, default="", allow_blank=True, max_length=NUMBER)
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=NOTE)
    until = serializers.DateField(required=False, help_text="Of a postponement: the new day.")


class ElectionDecideSerializer(serializers.Serializer[Any]):
    approve = serializers.BooleanField()
    on = serializers.DateField()
    number = serializers.CharField(required=False, default="", allow_blank=True, max_length=NUMBER)
    reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=NOTE)


class ElectionNominateSerializer(serializers.Serializer[Any]):
    candidates = ElectionCandidateSerializer(many=True)
    again = serializers.BooleanField(required=False, default=False, help_text="A list that was approved is asked anew.")


class ElectionAmendSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField(min_value=1)
    is_in = serializers.BooleanField(help_text="Put on the list; else left out of those entitled.")
    why = serializers.CharField(max_length=12)
    note = serializers.CharField(max_length=200)


class ElectionLineSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField()
    name = serializers.CharField()
    reason = serializers.CharField(help_text="Why without a vote, or not counted; empty for those who vote.")


class ElectionRollSerializer(serializers.Serializer[Any]):
    frozen_on = serializers.DateField(allow_null=True)
    entitled = serializers.IntegerField()
    lines = ElectionLineSerializer(many=True)


class ElectionMeetingSerializer(serializers.Serializer[Any]):
    on = serializers.DateField()
    present = serializers.IntegerField(min_value=0)


class ElectionPostsSerializer(serializers.Serializer[Any]):
    posts = ElectionSeatSerializer(many=True)


class ElectionReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(min_length=2, max_length=200)


class ElectionTermSerializer(serializers.Serializer[UnitTerm]):
    """`stage`: within, due (six months or less), over, unknown (nobody wrote down the day of the election)."""

    unit = serializers.IntegerField(source="unit.pk")
    name = serializers.CharField(source="unit.name")
    elected_on = serializers.DateField(allow_null=True)
    ends = serializers.DateField(allow_null=True)
    is_postponed = serializers.BooleanField()
    stage = serializers.ChoiceField([(word, "") for word in ("within", "due", "over", "unknown")])
    election = serializers.IntegerField(source="election.pk", allow_null=True, default=None)
