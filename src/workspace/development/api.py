"""`/api/v1/development-cases/` and `/development-plans/`: the same queries and actions as the pages."""

from typing import Any, ClassVar, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from rules import CASE_STEPS, Outcome
from shared.clock import today
from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.development.actions import ending, opening, papers, quotas, recording, undoing
from workspace.development.actions.balloting import counted
from workspace.development.models import Case, CaseQuerySet
from workspace.development.models.details import Details, Named
from workspace.development.queries.entitled import full_members_near
from workspace.development.queries.filing import file_of
from workspace.development.queries.pipeline import STANDINGS, Narrowing, cases
from workspace.development.queries.plans import plan_of
from workspace.development.queries.quotas import plan_of_year, year_of
from workspace.development.queries.visibility import VIEW, cases_visible_to, get_case, people_without_case

_CODES = [step.code for step in CASE_STEPS]
_COUNTS = ("entitled", "present", "yes", "no", "abstain", "written")


class CaseSerializer(serializers.ModelSerializer[Case]):
    member_name = serializers.CharField(source="member.name", read_only=True)
    unit = serializers.IntegerField(source="member.unit_id", read_only=True)

    class Meta:
        model = Case
        fields = (
            *("id", "member", "member_name", "unit", "opened_on", "state", "stage", "next_step", "next_due"),
            *("asks_above", "is_special", "ended_on", "ending"),
        )
        read_only_fields = fields


class NewCaseSerializer(serializers.Serializer[Any]):
    """`member` is somebody on the register who has no open case."""

    member = serializers.IntegerField(min_value=1)
    applied_on = serializers.DateField()
    basis = serializers.CharField(max_length=200, required=False, default="")


class BallotSerializer(serializers.Serializer[Any]):
    """A secret ballot, counted over those entitled to vote."""

    entitled = serializers.IntegerField(min_value=0, max_value=9999)
    present = serializers.IntegerField(min_value=0, max_value=9999)
    yes = serializers.IntegerField(min_value=0, max_value=9999)
    no = serializers.IntegerField(min_value=0, max_value=9999, default=0)
    abstain = serializers.IntegerField(min_value=0, max_value=9999, default=0)
    written = serializers.IntegerField(min_value=0, max_value=9999, default=0)


class NewStepSerializer(serializers.Serializer[Any]):
    """`people` are keys of full members of the branch; `outcome` of a meeting is overridden by its ballot."""

    code = serializers.ChoiceField(_CODES)
    on = serializers.DateField()
    outcome = serializers.ChoiceField([one.value for one in Outcome], default=Outcome.PASSED.value)
    basis = serializers.CharField(max_length=200, required=False, default="")
    note = serializers.CharField(max_length=1000, required=False, default="")
    people = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False, max_length=5)
    ballot = BallotSerializer(required=False)
    months = serializers.IntegerField(min_value=1, max_value=36, required=False)
    days = serializers.IntegerField(min_value=0, max_value=60, required=False)
    hours = serializers.IntegerField(min_value=0, max_value=400, required=False)
    place = serializers.CharField(max_length=80, required=False, default="")
    phone = serializers.CharField(max_length=30, required=False, default="")


class CaseReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200)


class PapersSerializer(serializers.Serializer[Any]):
    """All papers that are there now."""

    received = serializers.ListField(child=serializers.CharField(max_length=40), max_length=80)
    place = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)


class QuotaSerializer(serializers.Serializer[Any]):
    """`admissions` null takes the plan back."""

    unit = serializers.IntegerField(min_value=1)
    year = serializers.IntegerField(min_value=2014, max_value=2100)
    admissions = serializers.IntegerField(min_value=0, max_value=9999, allow_null=True)
    basis = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class QuotaLineSerializer(serializers.Serializer[Any]):
    """A unit's year: planned (null without a plan), admitted, soon to be, left."""

    unit = serializers.IntegerField()
    name = serializers.CharField()
    year = serializers.IntegerField()
    admissions = serializers.IntegerField(allow_null=True)
    admitted = serializers.IntegerField()
    near = serializers.IntegerField()
    left = serializers.IntegerField(allow_null=True)


class CaseViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Case]):
    """Development cases (发展党员档案). One case comes with its whole plan: each step, by when, and by which rule."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "development:read", "write": "development:write"}
    serializer_class = CaseSerializer
    lookup_value_converter = "int"
    queryset = Case.objects.none()

    def get_queryset(self) -> CaseQuerySet:
        """`?standing=overdue&stage=activist`."""
        if not self.request.user.is_authenticated:
            return Case.objects.none()  # the schema generator asks as nobody
        asked = self.request.GET
        standing = asked.get("standing", "all")
        narrowing = Narrowing(stage=asked.get("stage", ""), standing=standing if standing in STANDINGS else "all")
        return cases(self.request.user, narrowing, on=today()).order_by("pk")

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def retrieve(self, request: Request, pk: int) -> Response:
        """The file of a case: its plan, its records, its papers."""
        return Response(file_of(plan_of(self._case(pk), on=today())))

    @extend_schema(request=NewCaseSerializer, responses={201: CaseSerializer})
    def create(self, request: Request) -> Response:
        """Open a case for somebody on the register."""
        said = self._read(NewCaseSerializer)
        member = people_without_case(self._who()).filter(pk=said["member"]).first()
        if member is None:
            raise NotFound
        made = opening.open_case(
            member, applied_on=said["applied_on"], basis=said["basis"], by=self._who(), today=today()
        )
        return Response(CaseSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=NewStepSerializer, responses={201: CaseSerializer})
    @action(detail=True, methods=["post"])
    def steps(self, request: Request, pk: int) -> Response:
        """Record a step."""
        case, said = self._case(pk), self._read(NewStepSerializer)
        recording.record_step(
            case,
            said["code"],
            on=said["on"],
            outcome=Outcome(said["outcome"]),
            basis=said["basis"],
            details=_details(case, said),
            by=self._who(),
            today=today(),
        )
        return self._answer(pk, status.HTTP_201_CREATED)

    @extend_schema(request=CaseReasonSerializer, responses={200: CaseSerializer})
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: int) -> Response:
        """Take the newest record back."""
        said = self._read(CaseReasonSerializer)
        undoing.undo_last(self._case(pk), reason=said["reason"], by=self._who(), today=today())
        return self._answer(pk)

    @extend_schema(request=CaseReasonSerializer, responses={200: CaseSerializer})
    @action(detail=True, methods=["post"])
    def stopping(self, request: Request, pk: int) -> Response:
        """Stop a case."""
        said = self._read(CaseReasonSerializer)
        ending.stop(self._case(pk), on=today(), reason=said["reason"], by=self._who(), today=today())
        return self._answer(pk)

    @extend_schema(request=CaseReasonSerializer, responses={200: CaseSerializer})
    @action(detail=True, methods=["post"])
    def reopening(self, request: Request, pk: int) -> Response:
        """Take a stopped case up again."""
        said = self._read(CaseReasonSerializer)
        ending.reopen(self._case(pk), reason=said["reason"], by=self._who(), today=today())
        return self._answer(pk)

    @extend_schema(request=PapersSerializer, responses={200: CaseSerializer})
    @action(detail=True, methods=["post"])
    def papers(self, request: Request, pk: int) -> Response:
        """Say which papers are there."""
        said = self._read(PapersSerializer)
        papers.keep_papers(self._case(pk), received=said["received"], place=said["place"], on=today(), by=self._who())
        return self._answer(pk)

    def _who(self) -> User:
        return cast(User, self.request.user)

    def _case(self, pk: int) -> Case:
        return get_case(pk, visible_to=self._who())

    def _read(self, kind: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        given = kind(data=self.request.data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def _answer(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        return Response(CaseSerializer(cases_visible_to(self._who()).get(pk=pk)).data, status=code)


class QuotaViewSet(viewsets.GenericViewSet[Case]):
    """The yearly plan of each unit against what was done."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "development:read", "write": "development:write"}
    serializer_class = QuotaSerializer

    @extend_schema(responses={200: QuotaLineSerializer(many=True)})
    def list(self, request: Request) -> Response:
        """`?year=2026`: every unit in reach with plan, admitted and left."""
        year = year_of(request.GET.get("year", ""), on=today())
        return Response(
            [
                {
                    "unit": line.unit.pk,
                    "name": line.unit.name,
                    "year": year,
                    "admissions": line.quota.admissions if line.quota else None,
                    "admitted": line.admitted,
                    "near": line.near,
                    "left": line.left,
                }
                for line in plan_of_year(cast(User, request.user), year)
            ]
        )

    @extend_schema(request=QuotaSerializer, responses={200: QuotaSerializer})
    def create(self, request: Request) -> Response:
        """Set one unit's plan."""
        given = QuotaSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said, who = given.validated_data, cast(User, request.user)
        unit = units_where(who, VIEW).filter(pk=said["unit"]).first()
        if unit is None:
            raise NotFound
        quotas.set_quota(unit, said["year"], admissions=said["admissions"], basis=said["basis"], by=who)
        return Response(said)


def _details(case: Case, said: dict[str, Any]) -> Details:
    """People by key become names of full members of the branch; Http404 for anybody else."""
    keys = said.get("people") or []
    found = full_members_near(case.unit).in_bulk(keys)
    if set(found) != set(keys):
        raise NotFound
    return Details(
        note=said["note"],
        people=tuple(Named(found[key].name, key) for key in keys),
        ballot=counted(**{name: said["ballot"][name] for name in _COUNTS}) if said.get("ballot") else None,
        months=said.get("months"),
        days=said.get("days"),
        hours=said.get("hours"),
        place=said["place"],
        phone=said["phone"],
    )


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("development-cases", CaseViewSet, basename="development-case")
    router.register("development-plans", QuotaViewSet, basename="development-plan")
