"""`/api/v1/corrections/`: members ask for their own data to be put right; the branch decides."""

from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import today
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.members.actions import corrections as actions
from workspace.members.forms.corrections import ASKABLE, read
from workspace.members.models import Correction, Member
from workspace.members.queries import corrections as queries


class CorrectionSerializer(serializers.ModelSerializer[Correction]):
    """`wishes` are in words; personal numbers masked."""

    wishes = serializers.SerializerMethodField()
    member_name = serializers.CharField(source="member.name")

    class Meta:
        model = Correction
        fields = ("id", "member", "member_name", "wishes", "reason", "state", "asked_at", "decided_at", "answer")

    def get_wishes(self, correction: Correction) -> list[dict[str, str]]:
        """Column, what it says, what it should say."""
        return [{"column": wish.label, "old": wish.old, "new": wish.new} for wish in queries.wishes(correction)]


class NewCorrectionSerializer(serializers.Serializer[Any]):
    values = serializers.DictField(child=serializers.CharField(max_length=300), allow_empty=False)
    reason = serializers.CharField(max_length=200)

    def validate_values(self, values: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(values) - set(ASKABLE)):
            raise serializers.ValidationError(unknown)
        return values


class DecisionSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class CorrectionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Correction]):
    """Requests (更正申请) of the token's owner, and those that they may decide, newest first."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "members:read", "write": "members:write"}
    serializer_class = CorrectionSerializer
    lookup_value_converter = "int"
    queryset = Correction.objects.none()

    def get_queryset(self) -> "QuerySet[Correction]":
        person = self.request.user
        return queries.seen(person) if person.is_authenticated else Correction.objects.none()

    @extend_schema(request=NewCorrectionSerializer, responses={201: CorrectionSerializer})
    def create(self, request: Request) -> Response:
        """Ask for columns of one's own record, as texts."""
        user = cast(User, request.user)
        member = Member.objects.select_related("unit").filter(user=user).first()
        if member is None:
            raise actions.NotYours
        given = NewCorrectionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values, wrong = read(member, given.validated_data["values"], on=today())
        if wrong:
            raise serializers.ValidationError(wrong)
        made = actions.ask(member, values, reason=given.validated_data["reason"], by=user)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=DecisionSerializer, responses=CorrectionSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: int) -> Response:
        """Write what was asked."""
        return self._decide(request, pk, actions.accept)

    @extend_schema(request=DecisionSerializer, responses=CorrectionSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: int) -> Response:
        """Nothing changes; the reason is needed."""
        return self._decide(request, pk, actions.refuse)

    @extend_schema(request=None, responses=CorrectionSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: int) -> Response:
        """One's own request, while it waits."""
        user = cast(User, request.user)
        actions.withdraw(queries.correction_for(user, pk, among=queries.own(user)), by=user)
        return self._answer(user, pk)

    def _decide(self, request: Request, pk: int, verb: Any) -> Response:
        user = cast(User, request.user)
        given = DecisionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        found = queries.correction_for(user, pk, among=queries.to_decide(user))
        verb(found, reason=given.validated_data["reason"], by=user)
        return self._answer(user, pk)

    def _answer(self, user: User, pk: int) -> Response:
        return Response(self.get_serializer(queries.correction_for(user, pk, among=queries.seen(user))).data)
