"""Appraisals as JSON: names and keys of members, never personal numbers; what people wrote on addresses of its own."""

from typing import Any

from rest_framework import serializers

from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.ballots import MARKS, Grade
from workspace.appraisal.models.people import NOTE, Part
from workspace.appraisal.queries.lists import UnitYear
from workspace.appraisal.queries.progress import cap_of, step_of
from workspace.appraisal.queries.results import verdict_of
from workspace.appraisal.queries.texts import heard
from workspace.appraisal.queries.waiting import asked_of


class AppraisalPersonSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField()
    name = serializers.CharField()
    part = serializers.ChoiceField(Part.choices)
    why = serializers.CharField()
    note = serializers.CharField()


class AppraisalMarksSerializer(serializers.Serializer[Any]):
    """Counts of one member."""

    member = serializers.IntegerField(min_value=1)
    excellent = serializers.IntegerField(min_value=0, default=0)
    qualified = serializers.IntegerField(min_value=0, default=0)
    basic = serializers.IntegerField(min_value=0, default=0)
    unqualified = serializers.IntegerField(min_value=0, default=0)
    abstain = serializers.IntegerField(min_value=0, default=0)


class AppraisalCountSerializer(serializers.Serializer[Any]):
    """The paper ballots as counted."""

    on = serializers.DateField()
    issued = serializers.IntegerField(min_value=0)
    returned = serializers.IntegerField(min_value=0)
    valid = serializers.IntegerField(min_value=0)
    marks = AppraisalMarksSerializer(many=True)
    updated_at = serializers.DateTimeField(required=False, help_text="As read; 409 when it was changed since.")


class AppraisalBallotSerializer(serializers.Serializer[Any]):
    way = serializers.CharField()
    on = serializers.DateField()
    voters = serializers.IntegerField()
    issued = serializers.IntegerField()
    returned = serializers.IntegerField()
    valid = serializers.IntegerField()
    marks = serializers.SerializerMethodField()

    def get_marks(self, ballot: Any) -> list[dict[str, int]]:
        return [{"member": int(key), **ballot.marks(int(key))} for key in ballot.tally]


class AppraisalVerdictSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField(min_value=1)
    grade = serializers.ChoiceField(Grade.choices)
    reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=NOTE)


class AppraisalSerializer(serializers.ModelSerializer[Appraisal]):
    """`step` is what is on; `voted` how many have voted by phone, `excellent_cap` how many may
    generally be excellent."""

    step = serializers.SerializerMethodField()
    people = AppraisalPersonSerializer(many=True, source="persons", read_only=True)
    reviews = serializers.SerializerMethodField()
    opinions = serializers.SerializerMethodField()
    way = serializers.SerializerMethodField()
    voted = serializers.SerializerMethodField()
    ballot = AppraisalBallotSerializer(source="counted", read_only=True, allow_null=True)
    verdicts = AppraisalVerdictSerializer(many=True, source="outcome", read_only=True)
    excellent_cap = serializers.SerializerMethodField()

    class Meta:
        model = Appraisal
        fields = (
            "id", "unit", "year", "state", "step", "cutoff_on", "planned_on", "rule_key", "people", "reviews",
            "mutual_on", "opinions", "way", "voted", "ballot", "verdicts", "decided_by", "decided_on", "excellent_cap",
            "cap_reason", "announced_on", "closed_on", "remark", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_step(self, appraisal: Appraisal) -> str:
        return step_of(appraisal) if appraisal.is_running else ""

    def get_reviews(self, appraisal: Appraisal) -> int:
        """How many self-reviews came in."""
        return len(appraisal.reviews)

    def get_opinions(self, appraisal: Appraisal) -> int:
        """How many opinions were written."""
        return len(appraisal.opinions)

    def get_way(self, appraisal: Appraisal) -> str:
        """How it is voted: paper or phone; empty before the ballot."""
        return appraisal.voting.way if appraisal.voting else ""

    def get_voted(self, appraisal: Appraisal) -> int:
        return len(appraisal.voting.voted) if appraisal.voting else 0

    def get_excellent_cap(self, appraisal: Appraisal) -> int:
        return cap_of(appraisal).most


class AppraisalPlanSerializer(serializers.Serializer[Any]):
    cutoff_on = serializers.DateField()
    planned_on = serializers.DateField()


class AppraisalOpenSerializer(AppraisalPlanSerializer):
    unit = serializers.IntegerField(min_value=1)
    year = serializers.IntegerField(min_value=1)


class AppraisalChangeSerializer(AppraisalPlanSerializer):
    updated_at = serializers.DateTimeField(required=False, help_text="As read; 409 when it was changed since.")


class AppraisalPlaceSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField(min_value=1)
    part = serializers.ChoiceField(Part.choices)
    why = serializers.CharField(required=False, default="", allow_blank=True, max_length=12)
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=NOTE)


class AppraisalPaperSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField(min_value=1)
    back = serializers.BooleanField(required=False, default=False, help_text="Take the note back.")


class AppraisalDaySerializer(serializers.Serializer[Any]):
    on = serializers.DateField()


class AppraisalBeginSerializer(AppraisalDaySerializer):
    way = serializers.ChoiceField([("paper", "paper"), ("phone", "phone")])


class AppraisalGradingSerializer(serializers.Serializer[Any]):
    decided_by = serializers.ChoiceField([("committee", "committee"), ("assembly", "assembly")])
    on = serializers.DateField()
    verdicts = AppraisalVerdictSerializer(many=True)
    cap_reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=NOTE)
    updated_at = serializers.DateTimeField(required=False, help_text="As read; 409 when it was changed since.")


class AppraisalReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(min_length=2, max_length=200)


class AppraisalOpinionSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="Who wrote it.")
    text = serializers.CharField(source="opinion.text")
    at_meeting = serializers.BooleanField(source="opinion.at_meeting")


class AppraisalReviewSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    on_paper = serializers.BooleanField()
    on = serializers.DateField()


class AppraisalTextsSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField(source="person.member")
    name = serializers.CharField(source="person.name")
    review = AppraisalReviewSerializer(allow_null=True)
    opinions = AppraisalOpinionSerializer(many=True, source="heard")


class UnitYearSerializer(serializers.Serializer[UnitYear]):
    """`stage`: due (not begun), running, done; `grades` once they are announced."""

    unit = serializers.IntegerField(source="unit.pk")
    name = serializers.CharField(source="unit.name")
    stage = serializers.ChoiceField([(word, word) for word in ("due", "running", "done")])
    appraisal = serializers.IntegerField(source="appraisal.pk", allow_null=True, default=None)
    grades = serializers.DictField(child=serializers.IntegerField())


class OwnAppraisalSerializer(serializers.Serializer[Any]):
    """`asked` is what this member has to do now: review, mutual, vote or nothing. Grade and opinions after the
    announcement."""

    id = serializers.IntegerField(source="appraisal.pk")
    unit = serializers.IntegerField(source="appraisal.unit_id")
    year = serializers.IntegerField(source="appraisal.year")
    part = serializers.ChoiceField(Part.choices, source="person.part")
    asked = serializers.SerializerMethodField()
    people = serializers.SerializerMethodField()
    review = serializers.SerializerMethodField()
    verdict = serializers.SerializerMethodField()
    opinions = serializers.SerializerMethodField()

    def get_asked(self, own: Any) -> str:
        return asked_of(own)

    def get_people(self, own: Any) -> list[dict[str, Any]]:
        """Who takes part, and whether they stand on the ballot."""
        return [
            {"member": one.member, "name": one.name, "is_graded": one.is_graded} for one in own.appraisal.participants
        ]

    def get_review(self, own: Any) -> str:
        """The member's own words."""
        return next((one.text for one in own.appraisal.self_reviews if one.member == own.person.member), "")

    def get_verdict(self, own: Any) -> str:
        found = verdict_of(own.appraisal, own.person.member)
        return found.grade if found else ""

    def get_opinions(self, own: Any) -> list[dict[str, Any]]:
        """What the others wrote of this member."""
        found = heard(own.appraisal, own.person.member) if own.appraisal.announced_on else []
        return [{"name": one.name, "text": one.opinion.text, "at_meeting": one.opinion.at_meeting} for one in found]


class OwnReviewSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()


class OwnOpinionSerializer(serializers.Serializer[Any]):
    about = serializers.IntegerField(min_value=1)
    text = serializers.CharField(required=False, default="", allow_blank=True)
    at_meeting = serializers.BooleanField(required=False, default=False)


class OwnMarkSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField(min_value=1)
    mark = serializers.ChoiceField([(mark, mark) for mark in MARKS])


class OwnVoteSerializer(serializers.Serializer[Any]):
    marks = OwnMarkSerializer(many=True)
