"""`/api/v1/dues-payments/`: payments over the same queries and actions as the pages."""

from typing import Any, ClassVar, cast

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from shared.clock import today
from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.dues.actions import paying
from workspace.dues.models import Payment
from workspace.dues.queries.visibility import member_seen_by, payment_to_change


class PaymentSerializer(serializers.ModelSerializer[Payment]):
    """`member` by key; `month` is its first day. Without an amount, what was assessed is taken."""

    member_name = serializers.CharField(source="member.name", read_only=True)

    class Meta:
        model = Payment
        fields = ("id", "member", "member_name", "month", "amount", "paid_on", "method", "note")
        read_only_fields = fields


class NewPaymentSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField(min_value=1)
    month = serializers.DateField(help_text="Any day of the month.")
    amount = serializers.DecimalField(max_digits=9, decimal_places=2, required=False, min_value=0)
    paid_on = serializers.DateField()
    method = serializers.ChoiceField(Payment.Method.choices, default=Payment.Method.CASH)
    note = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class PaymentViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet[Payment]
):
    """Payments (党费交纳) of the members whose dues the asking person may see, and their own."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "dues:read", "write": "dues:write"}
    serializer_class = PaymentSerializer
    lookup_value_converter = "int"
    queryset = Payment.objects.none()

    def get_queryset(self) -> "QuerySet[Payment]":
        if not self.request.user.is_authenticated:
            return Payment.objects.none()  # the schema generator asks as nobody
        person = self.request.user
        seen = Q(member__unit__in=units_where(person, "dues.view").order_by().values("pk"))
        rows = Payment.objects.filter(seen | Q(member__user=person)).select_related("member")
        return rows.order_by("-month", "-pk")

    @extend_schema(request=NewPaymentSerializer, responses={201: PaymentSerializer})
    def create(self, request: Request) -> Response:
        """Record one payment; the same refusals as on the page."""
        person = cast(User, request.user)
        given = NewPaymentSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        member = member_seen_by(person, said["member"], to="dues.change")
        rows = paying.record_payments(
            member.unit,
            said["month"],
            {member.pk: said.get("amount")},
            paid_on=said["paid_on"],
            method=said["method"],
            note=said["note"],
            by=person,
            today=today(),
        )
        return Response(PaymentSerializer(rows[0]).data, status=status.HTTP_201_CREATED)

    def perform_destroy(self, instance: Payment) -> None:
        person = cast(User, self.request.user)
        paying.undo_payment(payment_to_change(person, instance.pk), by=person)


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("dues-payments", PaymentViewSet, basename="dues-payment")
