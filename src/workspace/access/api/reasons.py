"""`/api/v1/access-reasons/`: why somebody can do something somewhere, or why not."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import today
from workspace.access.api.fields import SCOPE
from workspace.access.forms.why import WhyForm, asked_about
from workspace.access.queries.why import Answer, Step, explain
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope


class WaySerializer(serializers.Serializer[Any]):
    """One grant of the person: where it leads or stops."""

    grant = serializers.IntegerField()
    role = serializers.CharField()
    unit = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    granted_by = serializers.CharField()
    stands_in_for = serializers.CharField()
    step = serializers.ChoiceField([one.value for one in Step])


class AccessReasonSerializer(serializers.Serializer[Any]):
    """The chain. `roles` hold the permission, `granters` may give one of them there."""

    allowed = serializers.BooleanField()
    by_belonging = serializers.BooleanField()
    ways = WaySerializer(many=True)
    roles = serializers.ListField(child=serializers.CharField())
    granters = serializers.ListField(child=serializers.CharField())


class ReasonView(viewsets.ViewSet):
    """About oneself, or about others where the asking person may look into roles."""

    permission_classes = (IsAuthenticated, HasScope)
    scope = SCOPE

    @extend_schema(
        parameters=[
            OpenApiParameter("person", int, required=True),
            OpenApiParameter("verb", str, required=True),
            OpenApiParameter("unit", int),
            OpenApiParameter("thing", str, description="Instead of a unit: `member:12`."),
        ],
        responses=AccessReasonSerializer,
    )
    def list(self, request: Request) -> Response:
        reader = cast(User, request.user)
        form = WhyForm(request.query_params, by=reader)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        thing = asked_about(form, reader)
        if thing is None:
            raise Http404
        asked = form.cleaned_data
        return Response(_said(explain(asked["person"], asked["verb"], thing, asked_by=reader, on=today())))


def _said(answer: Answer) -> dict[str, Any]:
    return {
        "allowed": answer.allowed,
        "by_belonging": answer.by_belonging,
        "ways": [
            {
                "grant": way.grant.pk,
                "role": way.grant.get_role_display(),
                "unit": str(way.grant.unit),
                "since": way.grant.begins,
                "until": way.grant.until,
                "granted_by": way.grant.granted_by.name if way.grant.granted_by else "",
                "stands_in_for": way.grant.delegated_from.user.name if way.grant.delegated_from else "",
                "step": way.step.value,
            }
            for way in answer.ways
        ],
        "roles": answer.roles,
        "granters": [one.name for one in answer.granters],
    }
