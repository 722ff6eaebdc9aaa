"""Roles and invitations under `/api/v1/`, over the same queries and actions as the pages."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from shared.clock import now, today
from workspace.access import api_consents, links
from workspace.access.actions import grants, invitations
from workspace.access.models import Grant, Invitation, Role
from workspace.access.queries import people as queries
from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.organization.models import Unit

SCOPE = {"read": "access:read", "write": "access:write"}


class OwnField(serializers.PrimaryKeyRelatedField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A key among those the asking person may name; any other one is simply not there."""

    def __init__(self, verb: str = "", **options: Any) -> None:
        self.verb = verb
        super().__init__(**options)

    def get_queryset(self) -> "QuerySet[Any]":
        asking = self.context["request"].user
        if self.verb:
            return units_where(asking, self.verb)
        return queries.people(visible_to=asking).order_by("pk")


class GrantSerializer(serializers.ModelSerializer[Grant]):
    user = OwnField(queryset=User.objects.none())
    unit = OwnField(verb="access.grant", queryset=Unit.objects.none())
    user_name = serializers.CharField(source="user.name", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)

    class Meta:
        model = Grant
        fields = ("id", "user", "user_name", "role", "unit", "unit_name", "granted_at", "until")
        read_only_fields = ("granted_at",)
        validators: ClassVar[list[Any]] = []  # the verb itself answers for a role that is there already


class GrantView(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Grant],
):
    """Roles in force where the asking person may grant them. Deleting one takes it away at once."""

    serializer_class = GrantSerializer
    queryset = Grant.objects.none()
    scope = SCOPE

    def get_queryset(self) -> "QuerySet[Grant]":
        units = units_where(self.request.user, "access.grant")  # type: ignore[arg-type]  # signed in: asked before
        rows = Grant.objects.in_force(today()).filter(unit__in=units)
        return rows.select_related("user", "unit").order_by("pk")

    def perform_create(self, serializer: Any) -> None:
        given = serializer.validated_data
        by: Any = self.request.user
        serializer.instance = grants.grant(given["user"], given["role"], given["unit"], by=by, until=given.get("until"))

    def perform_destroy(self, instance: Grant) -> None:
        by: Any = self.request.user
        grants.revoke(instance, by=by)


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


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("grants", GrantView, basename="grant")
    router.register("invitations", InvitationView, basename="invitation")
    api_consents.register(router)
