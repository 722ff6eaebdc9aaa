"""`/api/v1/activities/{activity}/check-ins/`: who was there."""

from typing import Any, ClassVar, cast

from django.db.models import Q, QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import now
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.activities.actions import check_in
from workspace.activities.models import Activity, CheckIn
from workspace.activities.queries.visibility import get_activity, get_activity_to_change, member_of
from workspace.members.models import Member


class CheckInSerializer(serializers.ModelSerializer[CheckIn]):
    member_name = serializers.CharField(source="member.name", read_only=True)

    class Meta:
        model = CheckIn
        fields = ("id", "member", "member_name", "method", "at", "device_at", "reason")


class ArrivalSerializer(serializers.Serializer[Any]):
    """Either `member` and `reason` (an organiser marks somebody), or `code` (six digits) or `remote` for oneself."""

    member = serializers.IntegerField(required=False)
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)
    code = serializers.CharField(max_length=20, required=False)
    remote = serializers.BooleanField(required=False)
    device_at = serializers.DateTimeField(required=False, allow_null=True)

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        if sum(bool(sent.get(name)) for name in ("member", "code", "remote")) != 1:
            raise serializers.ValidationError("member / code / remote: exactly one")
        return sent


class CheckInViewSet(viewsets.GenericViewSet[CheckIn]):
    """Check-ins of one activity. Organisers see and mark everybody; others see and make their own."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar = {"read": "activities:read", "write": "checkins:write"}
    serializer_class = CheckInSerializer
    lookup_field = "member"
    lookup_value_converter = "int"
    queryset = CheckIn.objects.none()

    @property
    def person(self) -> User:
        return cast(User, self.request.user)

    def list(self, request: Request, activity: int) -> Response:
        found = get_activity(activity, visible_to=self.person)
        rows: QuerySet[CheckIn] = found.check_ins.select_related("member").order_by("at", "pk")
        if not may(self.person, "activity.change", found.unit):
            rows = rows.filter(Q(member__user=self.person))
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(request=ArrivalSerializer, responses={201: CheckInSerializer})
    def create(self, request: Request, activity: int) -> Response:
        """Idempotent: a second arrival answers with the first one."""
        form = ArrivalSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        sent = form.validated_data
        if "member" in sent:
            arrived = self._mark(get_activity_to_change(activity, by=self.person), sent)
        else:
            found = get_activity(activity, visible_to=self.person)
            try:
                arrived = self._arrive(found, sent)
            except check_in.WrongCode as wrong:
                return self._wrong(found, wrong)
        return Response(self.get_serializer(arrived).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, activity: int, member: int) -> Response:
        found = get_activity_to_change(activity, by=self.person)
        reason = str(request.query_params.get("reason", ""))
        check_in.undo_check_in(found, self._expected(found, member), by=self.person, reason=reason)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _mark(self, activity: Activity, sent: dict[str, Any]) -> CheckIn:
        member = self._expected(activity, sent["member"])
        return check_in.mark_present(activity, member, by=self.person, at=now(), reason=sent.get("reason", ""))

    def _arrive(self, activity: Activity, sent: dict[str, Any]) -> CheckIn:
        member, device_at = member_of(self.person), sent.get("device_at")
        if sent.get("remote"):
            return check_in.join_remotely(activity, member, by=self.person, at=now(), device_at=device_at)
        return check_in.check_in_by_code(activity, member, sent["code"], by=self.person, at=now(), device_at=device_at)

    def _wrong(self, activity: Activity, wrong: check_in.WrongCode) -> Response:
        """Answered here and not raised: an error would undo the note of the wrong try."""
        member = member_of(self.person)
        if member is not None:
            check_in.note_wrong_code(activity, member, at=now())
        return Response({"code": wrong.code, "message": str(wrong)}, status=wrong.status)

    @staticmethod
    def _expected(activity: Activity, key: int) -> Member:
        """A member on the roll, or of the unit that holds the activity; anybody else does not exist here."""
        reach = Q(participations__activity=activity) | Q(unit__path__startswith=activity.unit.path)
        member = Member.objects.present().filter(reach, pk=key).distinct().first()
        if member is None:
            raise Http404
        return member
