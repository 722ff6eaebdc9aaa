"""`/api/v1/absences/`: people away, and contacts with them."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import today
from workspace.access.queries import units_where
from workspace.accounts.scopes import HasScope
from workspace.transfers.actions import absences, contacting
from workspace.transfers.api.reading import one, person, said
from workspace.transfers.api.serializers import AbsenceSerializer, AwaySerializer, ContactSerializer, EndSerializer
from workspace.transfers.forms.filters import AwayFilters
from workspace.transfers.models import Absence
from workspace.transfers.models.absence import AbsenceQuerySet
from workspace.transfers.models.contacts import Contact, Way
from workspace.transfers.queries import lists
from workspace.transfers.queries.visibility import ISSUE, VIEW, absence_for, absences_seen_by, members_to_issue

_FILTERS = [
    OpenApiParameter("tab", str, enum=["open", "overdue", "ended", "all"], description="All unless said."),
    OpenApiParameter("q", str, description="Name, pinyin or place."),
    OpenApiParameter("kind", str, enum=Absence.Kind.values),
    OpenApiParameter("unit", int, description="This unit and everything below it."),
]


class AbsenceViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Absence]):
    """Times away without a transfer: floating, graduates, abroad, out of contact. Flags are for people to judge."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "transfers:read", "write": "transfers:write"}
    serializer_class = AbsenceSerializer
    lookup_value_converter = "int"
    queryset = Absence.objects.none()

    def get_queryset(self) -> AbsenceQuerySet:
        if not self.request.user.is_authenticated:
            return Absence.objects.none()  # the schema generator asks as nobody
        user = person(self.request)
        if self.action != "list":
            return absences_seen_by(user)
        asked = self.request.query_params
        filters = AwayFilters(asked, units=units_where(user, VIEW).open())
        return lists.absences(user, asked.get("tab", "all"), on=today(), **filters.said())

    @extend_schema(parameters=_FILTERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """People away of the units that the token's owner looks after."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=AwaySerializer, responses={201: AbsenceSerializer})
    def create(self, request: Request) -> Response:
        """Somebody is away."""
        given = said(AwaySerializer, request)
        member = one(members_to_issue(person(request)), given.pop("member"))
        row = absences.begin(member, absences.Away(**given), by=person(request), on=today())
        return Response(AbsenceSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ContactSerializer, responses={201: AbsenceSerializer})
    @action(detail=True, methods=["post"])
    def contacts(self, request: Request, pk: int) -> Response:
        """Note a contact, or that nobody answered."""
        found = absence_for(person(request), pk, to=ISSUE)
        given = said(ContactSerializer, request)
        contact = Contact(**{**given, "way": Way(given["way"])}, by=person(request).name)
        row = contacting.note(found, contact, by=person(request), today=today())
        return Response(AbsenceSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=EndSerializer, responses=AbsenceSerializer)
    @action(detail=True, methods=["post"])
    def ending(self, request: Request, pk: int) -> Response:
        """Back, found, or transferred."""
        found = absence_for(person(request), pk, to=ISSUE)
        row = absences.end(found, **said(EndSerializer, request), by=person(request), today=today())
        return Response(AbsenceSerializer(row).data)
