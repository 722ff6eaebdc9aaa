"""`/api/v1/consents/`: what waits for a second person, and the decision about it."""

from typing import ClassVar, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from shared.clock import now
from workspace.access.actions import consents as actions
from workspace.access.models import Consent
from workspace.access.queries import consents as queries
from workspace.accounts.models import User


class ConsentSerializer(serializers.ModelSerializer[Consent]):
    """`verb` says what is asked, `details` the particulars. `ends_at`: to be decided until then; once agreed to, usable
    until then. `alone_until`: nobody else could decide, so it counts as agreed to from then on."""

    state = serializers.SerializerMethodField()
    unit_name = serializers.CharField(source="unit.name", read_only=True)

    class Meta:
        model = Consent
        fields = (
            *("id", "verb", "unit", "unit_name", "by_name", "asked_at", "reason", "details", "state"),
            *("alone_until", "ends_at", "decided_by_name", "decided_at", "answer"),
        )
        read_only_fields = fields

    def get_state(self, consent: Consent) -> str:
        """waiting, lapsed, refused, agreed or over."""
        return consent.state(at=now()).value


class WhyNotSerializer(serializers.Serializer[object]):
    """Why not; the one who asked reads it."""

    reason = serializers.CharField(max_length=200)


class ConsentView(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet[Consent]
):
    """Requests (双人复核) that the asking person made or might decide. Deleting one takes it back."""

    serializer_class = ConsentSerializer
    queryset = Consent.objects.none()
    lookup_value_converter = "int"
    scope: ClassVar[dict[str, str]] = {"read": "access:read", "write": "access:write"}

    def get_queryset(self) -> "QuerySet[Consent]":
        return queries.consents(visible_to=cast(User, self.request.user))

    def perform_destroy(self, instance: Consent) -> None:
        actions.withdraw(instance, by=cast(User, self.request.user))

    @extend_schema(request=None, responses=ConsentSerializer)
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, pk: int) -> Response:
        """Yes, as the second person."""
        return self._answer(actions.agree(self.get_object(), by=cast(User, request.user), at=now()))

    @extend_schema(request=WhyNotSerializer, responses=ConsentSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: int) -> Response:
        """No, with a reason."""
        given = WhyNotSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        why = given.validated_data["reason"]
        return self._answer(actions.refuse(self.get_object(), by=cast(User, request.user), reason=why, at=now()))

    def _answer(self, consent: Consent) -> Response:
        return Response(self.get_serializer(consent).data)


def register(router: BaseRouter) -> None:
    """Called by `api.register`."""
    router.register("consents", ConsentView, basename="consent")
