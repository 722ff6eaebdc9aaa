"""`/api/v1/export-schedules/`: exports that come by themselves, for programs."""

from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from shared.clock import now, today
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.archives import running, scheduling
from workspace.archives.models import Schedule
from workspace.archives.queries import own_run, schedule_for, schedules_for
from workspace.archives.responses import sheet_response
from workspace.archives.sources import SOURCES
from workspace.archives.terms import EVERY, LAST_DAY, MONTHLY, Terms
from workspace.organization.visibility import unit_for


class RunSerializer(serializers.Serializer[Any]):
    """`number` names the file at `files/<number>/` for the person it was made for; `why` there was none."""

    number = serializers.IntegerField()
    on = serializers.CharField()
    person = serializers.IntegerField()
    rows = serializers.IntegerField()
    why = serializers.CharField()
    has_file = serializers.SerializerMethodField()

    def get_has_file(self, run: Any) -> bool:
        return bool(run.token) and now().isoformat() <= run.until


class ScheduleSerializer(serializers.ModelSerializer[Schedule]):
    """While `state` is `asked`, `consent` is the request that another person has to agree to. `runs`: all of them for
    those who set schedules here, one's own for others."""

    terms = serializers.SerializerMethodField()
    runs = serializers.SerializerMethodField()
    agreed_until = serializers.SerializerMethodField()

    class Meta:
        model = Schedule
        fields = ("id", "what", "unit", "by_name", "terms", "state", "next_on", "consent", "agreed_until", "runs")

    def get_terms(self, schedule: Schedule) -> dict[str, Any]:
        return schedule.said.as_plain()

    def get_agreed_until(self, schedule: Schedule) -> str:
        return str(schedule.agreed.get("until", ""))

    def get_runs(self, schedule: Schedule) -> list[dict[str, Any]]:
        person = self.context["person"]
        manages = may(person, scheduling.VERB, schedule.unit)
        runs = [run for run in schedule.history if manages or run.person == person.pk]
        return list(RunSerializer(runs, many=True).data)


class NewScheduleSerializer(serializers.Serializer[Any]):
    """`query` narrows as the list's parameters do; `people` are accounts that may export the unit now."""

    what = serializers.ChoiceField(choices=list(SOURCES))
    unit = serializers.IntegerField()
    form = serializers.ChoiceField(choices=["xlsx", "csv"], default="xlsx")
    whole = serializers.BooleanField(default=False)
    query = serializers.DictField(child=serializers.CharField(max_length=60), default=dict)
    every = serializers.ChoiceField(choices=EVERY, default=MONTHLY)
    day = serializers.IntegerField(min_value=1, max_value=31, default=1)
    people = serializers.ListField(child=serializers.IntegerField(), allow_empty=False, max_length=50)
    reason = serializers.CharField(max_length=200)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if said["day"] > LAST_DAY[said["every"]]:
            raise serializers.ValidationError({"day": [_("每周请填 1 到 7。")]})
        if said["whole"] and not SOURCES[said["what"]].can_be_whole:
            raise serializers.ValidationError({"whole": [_("只有党员名册有完整号码。")]})
        return said


_NUMBER = OpenApiParameter("number", int, OpenApiParameter.PATH)


class ScheduleViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Schedule]):
    """Scheduled exports (定期导出) of the units where the token's owner may set some, and those that they get."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "members:export", "write": "members:export"}
    serializer_class = ScheduleSerializer
    lookup_value_converter = "int"
    queryset = Schedule.objects.none()

    def get_queryset(self) -> "QuerySet[Schedule]":
        person = self.request.user
        return schedules_for(person) if person.is_authenticated else Schedule.objects.none()

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "person": self.request.user}

    @extend_schema(request=NewScheduleSerializer, responses={201: ScheduleSerializer})
    def create(self, request: Request) -> Response:
        """Set one up. One of more than 200 people in full waits (`asked`) until another person agrees, for a year."""
        given = NewScheduleSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        unit = unit_for(self._person, said.pop("unit"))
        what, people = said.pop("what"), tuple(sorted(set(said.pop("people"))))
        made = scheduling.set_up(what, unit, Terms(**said, people=people), by=self._person, at=now())
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: int) -> Response:
        """Its files go with it."""
        scheduling.delete(schedule_for(self._person, pk), by=self._person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=ScheduleSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: int) -> Response:
        """Nothing goes out until it is resumed."""
        scheduling.pause(schedule_for(self._person, pk), by=self._person)
        return self._answer(pk)

    @extend_schema(request=None, responses=ScheduleSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: int) -> Response:
        """From the next day that is due."""
        scheduling.resume(schedule_for(self._person, pk), by=self._person, on=today())
        return self._answer(pk)

    @extend_schema(request=None, responses=ScheduleSerializer)
    @action(detail=True, methods=["post"])
    def renew(self, request: Request, pk: int) -> Response:
        """Ask for another year."""
        scheduling.renew(schedule_for(self._person, pk), by=self._person, at=now())
        return self._answer(pk)

    @extend_schema(request=None, responses={202: ScheduleSerializer})
    @action(detail=True, methods=["post"])
    def run(self, request: Request, pk: int) -> Response:
        """Have the worker make it at once."""
        scheduling.run_now(schedule_for(self._person, pk), by=self._person)
        return self._answer(pk, status.HTTP_202_ACCEPTED)

    @extend_schema(
        parameters=[_NUMBER], responses={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY)}
    )
    @action(detail=True, url_path="files/<int:number>", url_name="file")
    def file(self, request: Request, pk: int, number: int) -> FileResponse:
        """One's own file of a run. 410 once it is gone."""
        found = schedule_for(self._person, pk)
        run = running.take(found, own_run(found, number, person=self._person), by=self._person, at=now())
        return sheet_response(found, run)

    @property
    def _person(self) -> User:
        return cast(User, self.request.user)

    def _answer(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(schedule_for(self._person, pk)).data, status=code)


def register(router: BaseRouter) -> None:
    router.register("export-schedules", ScheduleViewSet, basename="export-schedule")
