"""`/api/v1/restorings/` of the console, over the same queries and actions as its pages.

An operator's session opens it, no token: what an operator may do takes a person with a second factor. A program on the
server has `manage.py workspace … --json`. The second operator agrees on the page alone.
"""

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from console.actions import proposals
from console.actions import restorings as actions
from console.models import Proposal
from console.queries import restorings as queries
from provisioning.models import Restoring, RestoringStep
from shared.clock import now
from workspace.accounts.models import User


class StepSerializer(serializers.ModelSerializer[RestoringStep]):
    class Meta:
        model = RestoringStep
        fields = ("name", "started_at", "finished_at", "milliseconds")
        read_only_fields = fields


class RestoringSerializer(serializers.ModelSerializer[Restoring]):
    """`steps` are those that were begun. `result`: running, failed, stopped, done or abandoned."""

    workspace = serializers.UUIDField(source="tenant.uuid")
    workspace_name = serializers.CharField(source="tenant.name")
    workspace_state = serializers.CharField(source="tenant.state")
    copied_from = serializers.UUIDField(source="source.uuid")
    result = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Restoring
        fields = (
            *(
                "uuid",
                "kind",
                "workspace",
                "workspace_name",
                "workspace_state",
                "copied_from",
                "requested_by",
                "reason",
            ),
            *("result", "error", "attempts", "rows", "content", "head", "notes", "created_at", "finished_at"),
            *("fallback_until", "fallback_dropped_at", "steps"),
        )
        read_only_fields = fields

    def get_result(self, row: Restoring) -> str:
        return queries.result(row, at=now())

    @extend_schema_field(StepSerializer(many=True))
    def get_steps(self, row: Restoring) -> list[Any]:
        return list(StepSerializer(sorted(row.steps.all(), key=lambda step: step.pk), many=True).data)


class RestoringReasonSerializer(serializers.Serializer[Any]):
    """Why; kept in the operators' record."""

    reason = serializers.CharField(max_length=500)


class RestoringProposalSerializer(RestoringReasonSerializer):
    """`back` lets the content before the last restore return, `forget` drops it for good."""

    verb = serializers.ChoiceField(choices=[verb.value for verb in Proposal.OF_CONTENT])


class RestoringViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Restoring]):
    """Content that is brought back or copied (恢复与复制), newest first."""

    authentication_classes = (SessionAuthentication,)
    permission_classes = (IsAuthenticated,)
    serializer_class = RestoringSerializer
    queryset = Restoring.objects.none()
    lookup_field = "uuid"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> "QuerySet[Restoring]":
        rows = queries.restorings().order_by("-pk")
        # a verb answers with the steps as they are after it, so only reading fetches them beforehand
        return rows.prefetch_related("steps") if self.action in ("list", "retrieve") else rows

    @extend_schema(request=None, responses={202: RestoringSerializer})
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, uuid: str) -> Response:
        """Have the worker go on where it stopped."""
        row = self.get_object()
        actions.resume(row, by=cast(User, request.user))
        return self._answer(row)

    @extend_schema(request=RestoringReasonSerializer, responses={202: RestoringSerializer})
    @action(detail=True, methods=["post"])
    def abandon(self, request: Request, uuid: str) -> Response:
        """Have the worker drop what was built; the workspace goes on as it was."""
        row = self.get_object()
        actions.abandon(row, by=cast(User, request.user), **_read(RestoringReasonSerializer, request))
        return self._answer(row)

    @extend_schema(request=RestoringProposalSerializer, responses={202: RestoringSerializer})
    @action(detail=True, methods=["post"])
    def propose(self, request: Request, uuid: str) -> Response:
        """Ask a second operator, who decides on the console's page."""
        row, said = self.get_object(), _read(RestoringProposalSerializer, request)
        proposals.propose(row.tenant, said["verb"], by=cast(User, request.user), reason=said["reason"], at=now())
        return self._answer(row)

    def _answer(self, row: Restoring) -> Response:
        return Response(self.get_serializer(row).data, status=status.HTTP_202_ACCEPTED)


def _read(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    given = kind(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def register(router: BaseRouter) -> None:
    """The console's resources under `/api/v1/`."""
    router.register("restorings", RestoringViewSet, basename="restoring")
