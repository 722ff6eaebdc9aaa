"""`/api/v1/idle-accounts/`: accounts that nobody uses, and closing them."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import now
from workspace.access.actions import people as actions
from workspace.access.api.fields import SCOPE
from workspace.access.queries import ending as queries
from workspace.accounts.models import User


class IdleSerializer(serializers.ModelSerializer[User]):
    used_at = serializers.DateTimeField(read_only=True)

    class Meta:
        model = User
        fields = ("id", "name", "username", "last_login", "created_at", "used_at")


class IdleView(mixins.ListModelMixin, viewsets.GenericViewSet[User]):
    """Open accounts unused for 90 days, for those who keep accounts; nobody else sees any."""

    serializer_class = IdleSerializer
    queryset = User.objects.none()
    scope = SCOPE

    def get_queryset(self) -> "QuerySet[User]":
        by: User = self.request.user  # type: ignore[assignment]  # signed in: asked before
        return queries.idle_accounts(visible_to=by, at=now()).exclude(pk=by.pk)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def closing(self, request: Request, pk: int) -> Response:
        """The person can sign in no more; roles and history stay."""
        by: User = request.user  # type: ignore[assignment]  # signed in: asked before
        actions.close_account(self.get_object(), by=by)
        return Response(status=204)
