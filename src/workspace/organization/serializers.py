"""Units as the API writes and reads them."""

from dataclasses import asdict
from typing import Any, ClassVar

from rest_framework import serializers

from shared.clock import today
from workspace.organization.facts import NAMES, Facts, NoSuchRegion, region_of
from workspace.organization.models import Change, Unit
from workspace.organization.standing import Basis


class UnitSerializer(serializers.ModelSerializer[Unit]):
    """One unit. `parent` is null for the highest one; `updated_at` goes back with a change to be told of others'."""

    parent = serializers.IntegerField(source="parent_pk", read_only=True, allow_null=True)  # type: ignore[assignment]  # hides nothing we use
    type_label = serializers.CharField(source="get_type_display", read_only=True)
    situation = serializers.ChoiceField(choices=[("", ""), *Unit.Situation.choices], read_only=True)
    region = serializers.CharField(read_only=True)
    joint_units = serializers.IntegerField(read_only=True)

    class Meta:
        model = Unit
        fields: ClassVar = [
            "id",
            "parent",
            "depth",
            *NAMES,
            "type_label",
            "closed_on",
            "closing_reason",
            "is_sample",
            "updated_at",
        ]
        read_only_fields: ClassVar = fields


class PaperSerializer(serializers.Serializer[Basis]):
    """The paper a change rests on: number and day of the approval (批复), and a note."""

    number = serializers.CharField(max_length=60, allow_blank=True, required=False, default="")
    on = serializers.DateField(allow_null=True, required=False, default=None)
    note = serializers.CharField(max_length=200, allow_blank=True, required=False, default="")


class BasedSerializer(serializers.Serializer[Any]):
    """A change that may name its paper."""

    basis = PaperSerializer(required=False)

    def paper(self) -> Basis:
        return Basis(**self.validated_data.get("basis", {}))


class FactsSerializer(BasedSerializer):
    """What a person may write down. `updated_at` is the one read before; it may be left out.

    A new name or type holds from `on` (today), or all along when it `corrects` a mistake. A new unit begins on
    `established_on`.
    """

    name = serializers.CharField(max_length=120)
    type = serializers.ChoiceField(choices=Unit.Type.choices)
    short_name = serializers.CharField(max_length=40, allow_blank=True, required=False)
    code = serializers.CharField(max_length=40, allow_blank=True, required=False)
    established_on = serializers.DateField(allow_null=True, required=False)
    elected_on = serializers.DateField(allow_null=True, required=False)
    contact = serializers.CharField(max_length=60, allow_blank=True, required=False)
    contact_phone = serializers.CharField(max_length=20, allow_blank=True, required=False)
    situation = serializers.ChoiceField(choices=Unit.Situation.choices, allow_blank=True, required=False)
    region = serializers.CharField(max_length=40, allow_blank=True, required=False)
    joint_units = serializers.IntegerField(min_value=0, max_value=999, required=False)
    on = serializers.DateField(required=False)
    corrects = serializers.BooleanField(required=False, default=False)
    updated_at = serializers.DateTimeField(required=False)

    def validate_region(self, value: str) -> str:
        """A code of GB/T 2260, or the name of a province or prefecture."""
        try:
            return region_of(value)
        except NoSuchRegion as refusal:
            raise serializers.ValidationError(str(refusal)) from refusal

    def facts(self, unit: Unit | None = None) -> Facts:
        """The valid values, over those of `unit` where nothing was sent."""
        sent = {name: value for name, value in self.validated_data.items() if name in NAMES}
        return Facts(**((asdict(Facts.of(unit)) if unit else {}) | sent))


class NewUnitSerializer(FactsSerializer):
    parent = serializers.IntegerField()  # type: ignore[assignment]  # hides nothing we use


class MoveSerializer(BasedSerializer):
    parent = serializers.IntegerField()  # type: ignore[assignment]  # hides nothing we use
    on = serializers.DateField(required=False)
    updated_at = serializers.DateTimeField(required=False)


class CloseSerializer(BasedSerializer):
    on = serializers.DateField(default=today)
    reason = serializers.CharField(max_length=200)
    updated_at = serializers.DateTimeField(required=False)


class NoBody(serializers.Serializer[Any]):
    """Nothing has to be sent."""


class StandingSerializer(serializers.Serializer[Any]):
    """What a unit was called, its type code, and the key of the unit above."""

    name = serializers.CharField()
    type = serializers.ChoiceField(choices=Unit.Type.choices)
    parent = serializers.IntegerField(allow_null=True)  # type: ignore[assignment]  # hides nothing we use


class OtherSerializer(serializers.Serializer[Any]):
    unit = serializers.IntegerField()
    name = serializers.CharField()


class ChangeSerializer(serializers.ModelSerializer[Change]):
    """One dated change. `before` is null where the unit begins, `after` where it ends."""

    basis = PaperSerializer(source="paper", read_only=True)
    before = StandingSerializer(source="was", read_only=True, allow_null=True)
    after = StandingSerializer(source="became", read_only=True, allow_null=True)
    others = OtherSerializer(source="involved", many=True, read_only=True)
    by = serializers.CharField(source="by.name", default="", read_only=True)

    class Meta:
        model = Change
        fields: ClassVar = ["id", "kind", "on", "basis", "before", "after", "others", "by", "at"]
        read_only_fields: ClassVar = fields


class ThenSerializer(serializers.Serializer[Any]):
    """A unit as it stood on the day asked for."""

    id = serializers.IntegerField(source="now.pk")
    name = serializers.CharField(source="standing.name")
    type = serializers.ChoiceField(source="standing.type", choices=Unit.Type.choices)
    parent = serializers.IntegerField(source="standing.parent", allow_null=True)  # type: ignore[assignment]  # hides nothing we use
    level = serializers.IntegerField()
    name_now = serializers.CharField(source="now.name")
    closed_on = serializers.DateField(source="now.closed_on", allow_null=True)


class ShiftSerializer(serializers.Serializer[Any]):
    """How one unit differs between two days; null where it was not there."""

    id = serializers.IntegerField(source="now.pk")
    before = StandingSerializer(source="difference.before", allow_null=True)
    after = StandingSerializer(source="difference.after", allow_null=True)


class AsOfSerializer(serializers.Serializer[Any]):
    """Which day, and which day to compare it with."""

    on = serializers.DateField()
    since = serializers.DateField(required=False)
