"""`/api/v1/study-records/`: certified hours over the same queries and actions as the pages."""

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
from workspace.learning.actions import certifying
from workspace.learning.models import StudyRecord
from workspace.learning.queries.visibility import KEEP, record_kept_by, unit_kept_by


class StudyRecordSerializer(serializers.ModelSerializer[StudyRecord]):
    member_name = serializers.CharField(source="member.name", read_only=True)

    class Meta:
        model = StudyRecord
        fields = ("id", "member", "member_name", "on", "title", "hours", "source", "activity", "at")
        read_only_fields = fields


class NewStudySerializer(serializers.Serializer[Any]):
    """Hours of one class or one piece of work for several members of a unit."""

    unit = serializers.IntegerField(min_value=1)
    members = serializers.ListField(child=serializers.IntegerField(min_value=1), allow_empty=False, max_length=500)
    on = serializers.DateField()
    title = serializers.CharField(max_length=120)
    hours = serializers.DecimalField(max_digits=4, decimal_places=1)
    # `Field.source` is a text; here it is a field of that name
    source = serializers.ChoiceField([StudyRecord.Source.CLASS.value, StudyRecord.Source.WORK.value])  # type: ignore[assignment]


class StudyRecordViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet[StudyRecord]
):
    """Certified hours (学时) of the members whose hours the asking person keeps, and their own."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "learning:read", "write": "learning:write"}
    serializer_class = StudyRecordSerializer
    lookup_value_converter = "int"
    queryset = StudyRecord.objects.none()

    def get_queryset(self) -> "QuerySet[StudyRecord]":
        if not self.request.user.is_authenticated:
            return StudyRecord.objects.none()  # the schema generator asks as nobody
        person = self.request.user
        kept = Q(member__unit__in=units_where(person, KEEP).order_by().values("pk"))
        rows = StudyRecord.objects.filter(kept | Q(member__user=person)).select_related("member")
        return rows.order_by("-on", "-pk")

    @extend_schema(request=NewStudySerializer, responses={201: StudyRecordSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Add a class or a piece of work by hand."""
        person = cast(User, request.user)
        given = NewStudySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        unit = unit_kept_by(person, said.pop("unit"))
        rows = certifying.add_study(unit, said.pop("members"), **said, by=person, today=today())
        return Response(StudyRecordSerializer(rows, many=True).data, status=status.HTTP_201_CREATED)

    def perform_destroy(self, instance: StudyRecord) -> None:
        person = cast(User, self.request.user)
        certifying.undo_record(record_kept_by(person, instance.pk), by=person)


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("study-records", StudyRecordViewSet, basename="study-record")
