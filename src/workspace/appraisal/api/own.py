"""`/api/v1/own-appraisals/`: what a member writes, votes and reads of their own."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import today
from workspace.accounts.scopes import HasScope
from workspace.appraisal.actions import balloting, writing
from workspace.appraisal.api import serializers as shapes
from workspace.appraisal.api.reading import person, said
from workspace.appraisal.api.serializers import OwnAppraisalSerializer
from workspace.appraisal.models import Appraisal
from workspace.appraisal.queries.visibility import own_appraisal, own_appraisals


class OwnAppraisalViewSet(viewsets.GenericViewSet[Appraisal]):
    """Appraisals that the token's owner takes part in as a member."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "appraisals:read", "write": "appraisals:write"}
    serializer_class = OwnAppraisalSerializer
    lookup_value_converter = "int"
    queryset = Appraisal.objects.none()

    @extend_schema(responses=OwnAppraisalSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The newest first."""
        page: Any = self.paginate_queryset(own_appraisals(person(request)))
        return self.get_paginated_response(OwnAppraisalSerializer(page, many=True).data)

    def retrieve(self, request: Request, pk: int) -> Response:
        """One of them; 404 for one without this member."""
        return self._now(pk)

    @extend_schema(request=shapes.OwnReviewSerializer, responses=OwnAppraisalSerializer)
    @action(detail=True, methods=["put"])
    def review(self, request: Request, pk: int) -> Response:
        """The member's own words, in place of those before."""
        own, given = own_appraisal(person(request), pk), said(shapes.OwnReviewSerializer, request)
        writing.review(own.appraisal, own.person.member, given["text"], by=person(request), on=today())
        return self._now(pk)

    @extend_schema(request=shapes.OwnOpinionSerializer, responses=OwnAppraisalSerializer)
    @action(detail=True, methods=["put"])
    def opinion(self, request: Request, pk: int) -> Response:
        """What the member says of a colleague, in place of what was said before; nothing takes it back."""
        own, given = own_appraisal(person(request), pk), said(shapes.OwnOpinionSerializer, request)
        about = given.pop("about")
        writing.say(own.appraisal, own.person.member, about, **given, by=person(request), on=today())
        return self._now(pk)

    @extend_schema(request=shapes.OwnVoteSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def vote(self, request: Request, pk: int) -> Response:
        """One secret ballot. Nothing keeps who marked whom how."""
        own, given = own_appraisal(person(request), pk), said(shapes.OwnVoteSerializer, request)
        marks = {row["member"]: row["mark"] for row in given["marks"]}
        balloting.vote(own.appraisal, own.person.member, marks, by=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _now(self, pk: int) -> Response:
        return Response(OwnAppraisalSerializer(own_appraisal(person(self.request), pk)).data)
