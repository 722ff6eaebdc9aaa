"""Units as the API writes and reads them."""

from dataclasses import asdict
from typing import Any, ClassVar

from rest_framework import serializers

from shared.clock import today
from workspace.organization.facts import NAMES, Facts
from workspace.organization.models import Unit


class UnitSerializer(serializers.ModelSerializer[Unit]):
    """One unit. `parent` is null for the highest one; `updated_at` goes back with a change to be told of others'."""

    parent = serializers.IntegerField(source="parent_pk", read_only=True, allow_null=True)  # type: ignore[assignment]  # hides nothing we use
    type_label = serializers.CharField(source="get_type_display", read_only=True)

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


class FactsSerializer(serializers.Serializer[Facts]):
    """What a person may write down. `updated_at` is the one read before; it may be left out."""

    name = serializers.CharField(max_length=120)
    type = serializers.ChoiceField(choices=Unit.Type.choices)
    short_name = serializers.CharField(max_length=40, allow_blank=True, required=False)
    code = serializers.CharField(max_length=40, allow_blank=True, required=False)
    established_on = serializers.DateField(allow_null=True, required=False)
    elected_on = serializers.DateField(allow_null=True, required=False)
    contact = serializers.CharField(max_length=60, allow_blank=True, required=False)
    contact_phone = serializers.CharField(max_length=20, allow_blank=True, required=False)
    updated_at = serializers.DateTimeField(required=False)

    def facts(self, unit: Unit | None = None) -> Facts:
        """The valid values, over those of `unit` where nothing was sent."""
        sent = {name: value for name, value in self.validated_data.items() if name in NAMES}
        return Facts(**((asdict(Facts.of(unit)) if unit else {}) | sent))


class NewUnitSerializer(FactsSerializer):
    parent = serializers.IntegerField()  # type: ignore[assignment]  # hides nothing we use


class MoveSerializer(serializers.Serializer[Any]):
    parent = serializers.IntegerField()  # type: ignore[assignment]  # hides nothing we use
    updated_at = serializers.DateTimeField(required=False)


class CloseSerializer(serializers.Serializer[Any]):
    on = serializers.DateField(default=today)
    reason = serializers.CharField(max_length=200)
    updated_at = serializers.DateTimeField(required=False)


class NoBody(serializers.Serializer[Any]):
    """Nothing has to be sent."""
