"""Set up and change many units from a list, and take that back."""

from typing import Any, cast

from django.core import signing
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from shared.workspace import current_workspace
from workspace.accounts.models import User
from workspace.organization.actions.listing import digest, rehearse, set_up_listed
from workspace.organization.actions.unlisting import Done, take_back
from workspace.organization.listed import Line
from workspace.organization.serializers_listing import (
    LeftSerializer,
    ListedSerializer,
    ListingSerializer,
    UnlistingSerializer,
)
from workspace.organization.visibility import unit_for, units_where

_KEPT_FOR = 4 * 3600  # seconds


class ListingMixin:
    @extend_schema(request=ListingSerializer, responses=ListedSerializer)
    @action(detail=True, methods=["post"])
    def listing(self, request: Request, pk: int) -> Response:
        """Set up what is missing and change what is said otherwise, under this unit where a line names none above."""
        person = cast(User, request.user)
        under = unit_for(person, pk, to="unit.change")
        asked = ListingSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        sent = asked.validated_data
        lines = [Line(number, **values) for number, values in enumerate(sent["lines"], start=1)]
        place: dict[str, Any] = {"under": under, "reach": units_where(person, "unit.change"), "by": person}
        if sent["preview"]:
            outcomes, undo = rehearse(lines, **place), ""
        else:
            outcomes = set_up_listed(lines, **place, shown=sent["shown"])
            done = Done.of(outcomes)
            kept = {"new": done.new, "changed": done.changed}
            undo = signing.dumps(kept, salt=_salt(person), compress=True) if done else ""
        answer = {"outcomes": outcomes, "shown": digest(outcomes), "undo": undo}
        return Response(ListedSerializer(answer).data)

    @extend_schema(request=UnlistingSerializer, responses=LeftSerializer(many=True))
    @action(detail=True, methods=["post"])
    def unlisting(self, request: Request, pk: int) -> Response:
        """Take a list back; what was worked with meanwhile stays and is named."""
        person = cast(User, request.user)
        unit_for(person, pk, to="unit.change")
        asked = UnlistingSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            kept = signing.loads(asked.validated_data["undo"], salt=_salt(person), max_age=_KEPT_FOR)
        except signing.BadSignature as error:
            raise ValidationError({"undo": [_("已不能撤回：超过四小时，或者不是您导入的。")]}) from error
        left = take_back(Done(**kept), reach=units_where(person, "unit.change"), by=person)
        return Response(LeftSerializer(left, many=True).data)


def _salt(person: User) -> str:
    return f"organization.listing:{current_workspace().uuid}:{person.pk}"
