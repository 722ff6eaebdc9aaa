"""Personal files for programs."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from workspace.members.actions.taking_files import FORMS

FILE = OpenApiResponse(OpenApiTypes.BINARY, "The file.")


class OwnFileSerializer(serializers.Serializer[Any]):
    form = serializers.ChoiceField(choices=FORMS, default="pdf")


class TakeFileSerializer(OwnFileSerializer):
    """`whole` writes numbers and addresses in full."""

    whole = serializers.BooleanField(default=False)
    reason = serializers.CharField(max_length=200, allow_blank=True, default="")
