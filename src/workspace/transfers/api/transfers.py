"""`/api/v1/transfers/`: letters, and what becomes of them."""

from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import today
from workspace.access.queries import units_where
from workspace.accounts.scopes import HasScope
from workspace.transfers.actions import accepting, arriving, closing, issuing
from workspace.transfers.api.reading import one, person, said
from workspace.transfers.api.serializers import (
    AcceptSerializer,
    IncomingSerializer,
    KnownSerializer,
    OrderSerializer,
    RefuseSerializer,
    TransferSerializer,
)
from workspace.transfers.forms.arrival import ArrivalForm
from workspace.transfers.forms.fields import usual_days
from workspace.transfers.forms.filters import TransferFilters
from workspace.transfers.models import Transfer
from workspace.transfers.models.letterhead import Letterhead
from workspace.transfers.models.transfer import TransferQuerySet
from workspace.transfers.numbering import word_to_go_on_with
from workspace.transfers.queries import lists
from workspace.transfers.queries.visibility import (
    VIEW,
    branches_to_accept,
    branches_to_send_to,
    members_to_issue,
    transfer_to_change,
    transfer_to_receive,
    transfers_seen_by,
)

_FILTERS = [
    OpenApiParameter("tab", str, enum=["open", "expired", "closed", "all"], description="All unless said."),
    OpenApiParameter("q", str, description="Name, pinyin, number or organisation."),
    OpenApiParameter("kind", str, enum=Transfer.Kind.values),
    OpenApiParameter("unit", int, description="From or to this unit and everything below it."),
    OpenApiParameter("since", str, description="Issued on this day or later."),
    OpenApiParameter("until", str, description="Issued on this day or earlier."),
]


class TransferViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Transfer]):
    """Transfers of the formal relation (组织关系转接). Issuing moves nobody; acceptance does."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "transfers:read", "write": "transfers:write"}
    serializer_class = TransferSerializer
    lookup_value_converter = "int"
    queryset = Transfer.objects.none()

    def get_queryset(self) -> TransferQuerySet:
        if not self.request.user.is_authenticated:
            return Transfer.objects.none()  # the schema generator asks as nobody
        user = person(self.request)
        if self.action != "list":
            return transfers_seen_by(user)
        asked = self.request.query_params
        filters = TransferFilters(asked, units=units_where(user, VIEW).open())
        return lists.transfers(user, asked.get("tab", "all"), filters.narrowing(), on=today())

    @extend_schema(parameters=_FILTERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Letters from and to the units that the token's owner looks after, and their own."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=OrderSerializer, responses={201: TransferSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Issue a letter for each of the members; all of them, or none."""
        order = said(OrderSerializer, request)
        user = person(request)
        keys = order.pop("members")
        people = {member.pk: member for member in members_to_issue(user).filter(pk__in=keys)}
        if len(people) < len(set(keys)):
            raise Http404
        if key := order.pop("destination", None):
            order["destination"] = one(branches_to_send_to(), key)
        order["letterhead"] = Letterhead(**order.get("letterhead", {}))
        order.setdefault("issued_on", today())
        order.setdefault("valid_days", usual_days())
        order.setdefault("word", word_to_go_on_with())
        if paid := order.get("paid_until"):
            order["paid_until"] = paid.replace(day=1)
        chosen = [people[key] for key in dict.fromkeys(keys)]
        rows = issuing.issue(chosen, issuing.Order(**order), by=user, on=today())
        return Response(TransferSerializer(rows, many=True).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=IncomingSerializer, responses={200: KnownSerializer, 201: TransferSerializer})
    @action(detail=False, methods=["post"])
    def arrivals(self, request: Request) -> Response:
        """Enter a letter from outside, or only look up who comes."""
        given = said(IncomingSerializer, request)
        user = person(request)
        one(branches_to_accept(user), given["destination"])
        given.setdefault("valid_days", usual_days())
        texts = {name: value for name, value in given.items() if value not in (None, "")}
        if "paid_until" in texts:
            texts["paid_until"] = f"{texts['paid_until']:%Y-%m}"
        form = ArrivalForm(texts, by=user, on=today())
        if not form.is_valid():
            raise serializers.ValidationError({name: [str(e) for e in errors] for name, errors in form.errors.items()})
        if given["check_only"]:
            known = arriving.look_up(form.arrival().newcomer, by=user)
            found = {
                "returning": known.returning.pk if known.returning else None,
                "alike": [member.pk for member in known.alike],
                "doubts": form.doubts,
            }
            return Response(KnownSerializer(found).data)
        row = arriving.enter(form.arrival(), by=user, on=today())
        return Response(TransferSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=AcceptSerializer, responses=TransferSerializer)
    @action(detail=True, methods=["post"])
    def acceptance(self, request: Request, pk: int) -> Response:
        """Take the person in; of a letter to the outside, enter the receipt."""
        found = transfer_to_receive(person(request), pk)
        row = accepting.accept(found, **said(AcceptSerializer, request), by=person(request), today=today())
        return Response(TransferSerializer(row).data)

    @extend_schema(request=RefuseSerializer, responses=TransferSerializer)
    @action(detail=True, methods=["post"])
    def rejection(self, request: Request, pk: int) -> Response:
        """The new organisation does not accept; the person stays."""
        found = transfer_to_receive(person(request), pk)
        row = closing.reject(found, **said(RefuseSerializer, request), by=person(request), today=today())
        return Response(TransferSerializer(row).data)

    @extend_schema(request=RefuseSerializer, responses=TransferSerializer)
    @action(detail=True, methods=["post"])
    def revocation(self, request: Request, pk: int) -> Response:
        """Whoever issued takes the letter back before it is accepted."""
        found = transfer_to_change(person(request), pk)
        row = closing.revoke(found, **said(RefuseSerializer, request), by=person(request), today=today())
        return Response(TransferSerializer(row).data)
