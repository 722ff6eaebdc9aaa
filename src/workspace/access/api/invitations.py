"""`/api/v1/invitations/`: ways in."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import now
from workspace.access import links
from workspace.access.actions import invitations
from workspace.access.api.fields import SCOPE, OwnField
from workspace.access.models import Invitation, Role
from workspace.access.queries import people as queries
from workspace.organization.models import Unit


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    unit = OwnField(verb="access.invite", queryset=Unit.objects.none())
    role = serializers.ChoiceField(choices=[(role.value, role.label) for role in Invitation.ROLES], default=Role.MEMBER)
    max_uses = serializers.IntegerField(min_value=1, max_value=100_000, allow_null=True, required=False)
    url = serializers.SerializerMethodField()
    standing = serializers.SerializerMethodField()
    used = serializers.IntegerField(read_only=True, default=0)

    class Meta:
        model = Invitation
        fields = (
            "id",
            "unit",
            "role",
            "code",
            "url",
            "needs_approval",
            "max_uses",
            "used",
            "expires_at",
            "standing",
            "created_at",
        )
        read_only_fields = ("code", "created_at")

    def get_url(self, invitation: Invitation) -> str:
        return links.url_of(invitation)

    def get_standing(self, invitation: Invitation) -> str:
        """open, full, expired or withdrawn."""
        return queries.standing_of(invitation, at=now())


class InvitationView(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Invitation],
):
    """Ways in. Deleting one withdraws it: its link and code stop, the row and those who joined stay."""

    serializer_class = InvitationSerializer
    queryset = Invitation.objects.none()
    scope = SCOPE

    def get_queryset(self) -> "QuerySet[Invitation]":
        return queries.invitations(visible_to=self.request.user)  # type: ignore[arg-type]  # signed in: asked before

    def perform_create(self, serializer: Any) -> None:
        given = dict(serializer.validated_data)
        by: Any = self.request.user
        serializer.instance = invitations.invite(given.pop("unit"), by=by, at=now(), **given)

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        by: Any = request.user
        invitations.withdraw(self.get_object(), by=by, at=now())
        return Response(status=204)
