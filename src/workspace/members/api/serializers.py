"""Members and imports as JSON: the official columns by their names in code; personal numbers masked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rest_framework import serializers

from workspace.members.forms.judging import Judgement, judge
from workspace.members.importing.columns import FIELDS, Kind
from workspace.members.models import Batch, Member
from workspace.members.queries.facts import years_in_party
from workspace.members.queries.masking import MASKS, masked

_TYPED = tuple(about for about in FIELDS if not about.computed and about.kind is not Kind.UNIT)


class UnitRef(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class MemberSerializer(serializers.ModelSerializer[Member]):
    """`phone`, `citizen_number` and addresses are masked; `POST …/unmask/` shows one of them, with a reason."""

    unit = UnitRef()
    phone = serializers.SerializerMethodField()
    citizen_number = serializers.SerializerMethodField()
    residence = serializers.SerializerMethodField()
    registered_residence = serializers.SerializerMethodField()
    party_age = serializers.SerializerMethodField()

    class Meta:
        model = Member
        fields = ("id", *(about.name for about in FIELDS), "is_exempt", "left_on", "left_for", "updated_at")

    def get_phone(self, member: Member) -> str:
        return masked(member, "phone")

    def get_citizen_number(self, member: Member) -> str:
        return masked(member, "citizen_number")

    def get_residence(self, member: Member) -> str:
        return masked(member, "residence")

    def get_registered_residence(self, member: Member) -> str:
        return masked(member, "registered_residence")

    def get_party_age(self, member: Member) -> int | None:
        """Whole years since conversion, corrected by months."""
        on: date = self.context["on"]
        return years_in_party(member, on=on)


class WriteSerializer(serializers.Serializer[Any]):
    """Columns as texts, read as an import reads them: codes or words, dates in five forms. `unit` is a key."""

    unit = serializers.IntegerField(required=False)
    is_exempt = serializers.BooleanField(required=False)
    basis = serializers.CharField(required=False, max_length=200, help_text="Needed to change unit or category.")
    accept = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Codes of doubts that a person has looked at."
    )
    updated_at = serializers.DateTimeField(required=False, help_text="As read: refuses when somebody wrote since.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        for about in _TYPED:
            fields[about.name] = serializers.CharField(required=False, allow_blank=True, max_length=about.max_length)
        return fields


class LeaveSerializer(serializers.Serializer[Any]):
    on = serializers.DateField()
    reason = serializers.ChoiceField(choices=Member.Leaving.choices)
    note = serializers.CharField(required=False, default="", max_length=200, allow_blank=True)


class UnmaskSerializer(serializers.Serializer[Any]):
    field = serializers.ChoiceField(choices=sorted(MASKS))
    reason = serializers.CharField(max_length=200)


class UnmaskedSerializer(serializers.Serializer[Any]):
    field = serializers.CharField()
    value = serializers.CharField()


class BatchSerializer(serializers.ModelSerializer[Batch]):
    """An import: where it stands, its columns, its rows by verdict, and how far it went."""

    class Meta:
        model = Batch
        fields = ("id", "file_name", "state", "mapping", "labels", "counts", "done", "total", "created_at", "as_of")


class FileSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(max_length=200)
    unit = serializers.IntegerField(required=False, help_text="The branch of rows that name none.")
    category = serializers.ChoiceField(choices=Member.Category.choices, required=False)


def judged(given: Mapping[str, Any], member: Member | None, *, on: date) -> dict[str, Any]:
    """Values to write. Raises ValidationError with a list of messages for each field."""
    texts = _texts_of(member) | {name: str(value) for name, value in given.items() if name in _NAMES}
    found: Judgement = judge(texts, on=on, known=member is not None)
    accepted = set(given.get("accept", ()))
    wrong: dict[str, list[str]] = {}
    for problem in (*found.barring, *(p for p in found.doubts if p.code not in accepted)):
        wrong.setdefault(problem.field, []).append(problem.message)
    if wrong:
        raise serializers.ValidationError(wrong)
    names = _NAMES if member is None else (_NAMES & set(given)) | ({"sex", "birth_date"} & set(found.values))
    values = {name: found.values.get(name, _EMPTY[name]) for name in names}
    return values | ({"is_exempt": given["is_exempt"]} if "is_exempt" in given else {})


_NAMES = frozenset(about.name for about in _TYPED)
_EMPTY: dict[str, Any] = {
    about.name: (
        False
        if about.kind is Kind.BOOLEAN
        else 0
        if about.name == "party_age_correction_months"
        else None
        if about.kind in {Kind.DATE, Kind.MONTHS, Kind.CITIZEN_NUMBER}
        else ""
    )
    for about in _TYPED
}


def _texts_of(member: Member | None) -> dict[str, str]:
    if member is None:
        return {}
    values = {about.name: getattr(member, about.name) for about in _TYPED}
    return {name: "" if value in (None, "") else str(value) for name, value in values.items()}
