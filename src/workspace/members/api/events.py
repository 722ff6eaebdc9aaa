"""Events of a member for programs."""

from typing import Any

from rest_framework import serializers

from workspace.members.models import Event


class EventSerializer(serializers.ModelSerializer[Event]):
    """One event. `details` depend on the kind; those of sensitive kinds are only there for who may see them."""

    unit = serializers.SerializerMethodField()
    by = serializers.SerializerMethodField()

    class Meta:
        model = Event
        fields = ("id", "kind", "on", "basis", "unit", "details", "by", "at", "voided_at", "voided_for")

    def get_unit(self, event: Event) -> dict[str, Any] | None:
        """Where the member belonged; after a move the new branch."""
        return {"id": event.unit.pk, "name": event.unit.name} if event.unit else None

    def get_by(self, event: Event) -> str:
        """Who recorded it."""
        return event.by.name if event.by else ""


class HappeningSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=[c for c in Event.Kind.choices if c[0] not in {"registered", "corrected"}])
    on = serializers.DateField()
    basis = serializers.CharField(required=False, default="", max_length=200, allow_blank=True)
    unit = serializers.IntegerField(required=False, help_text="The branch moved or transferred to.")
    details = serializers.JSONField(required=False, default=dict)

    def validate_details(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise serializers.ValidationError("Expected an object.")
        return value


class VoidSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200)
