"""Merging, splitting, converting and checks as the API writes and reads them."""

from typing import Any

from rest_framework import serializers

from workspace.organization.models import Unit
from workspace.organization.serializers import BasedSerializer, UnitSerializer


class DatedSerializer(BasedSerializer):
    """`on` is the day it takes effect, today without one. With `preview` nothing is written."""

    on = serializers.DateField(required=False)
    preview = serializers.BooleanField(default=False)


class MergeSerializer(DatedSerializer):
    units = serializers.ListField(child=serializers.IntegerField(), min_length=1, max_length=100)
    name = serializers.CharField(max_length=120, allow_blank=True, default="")


class PartSerializer(serializers.Serializer[Any]):
    """A new unit with the keys of the people, and of units directly below, that go there."""

    name = serializers.CharField(max_length=120)
    type = serializers.ChoiceField(choices=Unit.Type.choices)
    people = serializers.ListField(child=serializers.IntegerField(), default=list)
    units = serializers.ListField(child=serializers.IntegerField(), default=list)


class SplitSerializer(DatedSerializer):
    parts = PartSerializer(many=True)
    updated_at = serializers.DateTimeField(required=False)
    ends = serializers.BooleanField(default=False)


class ConvertSerializer(DatedSerializer):
    type = serializers.ChoiceField(choices=Unit.Type.choices)
    name = serializers.CharField(max_length=120, allow_blank=True, default="")
    parts = PartSerializer(many=True, default=list)
    updated_at = serializers.DateTimeField(required=False)


class WarnedSerializer(serializers.Serializer[Any]):
    """A finding about a unit that would come out, with the article."""

    name = serializers.CharField()
    text = serializers.CharField()
    advice = serializers.CharField()
    basis = serializers.CharField()


class OutcomeSerializer(serializers.Serializer[Any]):
    """What happens, in words; what to look at; and the units that came out, none for a preview."""

    effects = serializers.ListField(child=serializers.CharField())
    warnings = WarnedSerializer(many=True)
    units = UnitSerializer(many=True)


class SnoozeSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=60)
    until = serializers.DateField(required=False, allow_null=True)
    reason = serializers.CharField(max_length=200, allow_blank=True, default="")


class CheckSerializer(serializers.Serializer[Any]):
    """One finding: the unit, the rule's code, article and mark, what is odd and what to do, and until when it waits."""

    unit = serializers.IntegerField(source="unit.pk")
    name = serializers.CharField(source="unit.name")
    code = serializers.CharField(source="hint.code")
    severity = serializers.CharField(source="hint.severity")
    text = serializers.CharField()
    advice = serializers.CharField()
    basis = serializers.CharField(source="hint.rule.citation")
    verification = serializers.CharField(source="hint.rule.verification")
    snoozed_until = serializers.DateField(source="snooze.until", default=None)
