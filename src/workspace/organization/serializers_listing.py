"""A list of units as the API takes it and answers."""

from typing import Any

from rest_framework import serializers

from workspace.organization.actions.listing import Verdict
from workspace.organization.listed.lines import MOST_LINES


class LineSerializer(serializers.Serializer[Any]):
    """Texts as people write them: a type by number or name, a day in any of five forms, the unit above by name or
    code."""

    name = serializers.CharField(max_length=200)
    type = serializers.CharField(max_length=40, allow_blank=True, default="")
    parent = serializers.CharField(max_length=200, allow_blank=True, default="")  # type: ignore[assignment]  # a field
    code = serializers.CharField(max_length=200, allow_blank=True, default="")
    short_name = serializers.CharField(max_length=200, allow_blank=True, default="")
    established_on = serializers.CharField(max_length=40, allow_blank=True, default="")
    elected_on = serializers.CharField(max_length=40, allow_blank=True, default="")
    contact = serializers.CharField(max_length=200, allow_blank=True, default="")
    contact_phone = serializers.CharField(max_length=200, allow_blank=True, default="")
    situation = serializers.CharField(max_length=40, allow_blank=True, default="")
    region = serializers.CharField(max_length=40, allow_blank=True, default="")
    order = serializers.CharField(max_length=10, allow_blank=True, default="")


class ListingSerializer(serializers.Serializer[Any]):
    """With `preview` nothing is written. `shown` is what a preview answered: then nothing else than that is done."""

    lines = serializers.ListField(child=LineSerializer(), min_length=1, max_length=MOST_LINES)
    preview = serializers.BooleanField(default=False)
    shown = serializers.CharField(max_length=16, allow_blank=True, default="")


class DifferenceSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]  # a field
    before = serializers.CharField()
    after = serializers.CharField()


class LineOutcomeSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField(source="line.number")
    name = serializers.CharField(source="line.name")
    verdict = serializers.ChoiceField(choices=[verdict.value for verdict in Verdict])
    note = serializers.CharField()
    differences = DifferenceSerializer(many=True)


class ListedSerializer(serializers.Serializer[Any]):
    """`undo` takes it back within four hours; empty where nothing was done."""

    outcomes = LineOutcomeSerializer(many=True)
    shown = serializers.CharField()
    undo = serializers.CharField(allow_blank=True)


class UnlistingSerializer(serializers.Serializer[Any]):
    undo = serializers.CharField(max_length=1_000_000)


class LeftSerializer(serializers.Serializer[Any]):
    """A unit that was not taken back, and why."""

    unit = serializers.CharField()
    why = serializers.CharField()
