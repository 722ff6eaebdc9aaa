"""`/api/v1/appraisals/`: appraisals, and every verb that their pages have."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import today
from workspace.access.queries import units_where
from workspace.accounts.scopes import HasScope
from workspace.appraisal.actions import balloting, ending, grading, meeting, opening, people, writing
from workspace.appraisal.api import serializers as shapes
from workspace.appraisal.api.reading import person, said
from workspace.appraisal.api.serializers import AppraisalSerializer
from workspace.appraisal.models import Appraisal, AppraisalQuerySet
from workspace.appraisal.models.ballots import MARKS
from workspace.appraisal.queries import lists
from workspace.appraisal.queries.texts import papers
from workspace.appraisal.queries.visibility import (
    VIEW,
    appraisal_for,
    appraisal_to_handle,
    appraisal_to_read,
    appraisals_seen_by,
    unit_to_handle,
)

_FILTERS = [
    OpenApiParameter("year", int),
    OpenApiParameter("state", str, enum=Appraisal.State.values),
    OpenApiParameter("q", str, description="Name or pinyin of the branch."),
    OpenApiParameter("unit", int, description="This unit and everything below it."),
]


class AppraisalViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Appraisal]):
    """Appraisals of a branch's members (民主评议党员), from the self-review to the timeline."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "appraisals:read", "write": "appraisals:write"}
    serializer_class = AppraisalSerializer
    lookup_value_converter = "int"
    queryset = Appraisal.objects.none()

    def get_queryset(self) -> AppraisalQuerySet:
        if not self.request.user.is_authenticated:
            return Appraisal.objects.none()  # the schema generator asks as nobody
        user = person(self.request)
        if self.action != "list":
            return appraisals_seen_by(user)
        asked = self.request.query_params
        year, key = asked.get("year", ""), asked.get("unit", "")
        unit = units_where(user, VIEW).filter(pk=int(key)).first() if key.isdecimal() and len(key) < 10 else None
        state = asked.get("state", "")
        return lists.appraisals(
            user,
            year=int(year) if year.isdecimal() and len(year) == 4 else None,
            words=asked.get("q", ""),
            unit=unit,
            state=state if state in Appraisal.State.values else "",
        )

    @extend_schema(parameters=_FILTERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Appraisals of the branches that the token's owner looks after."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=shapes.AppraisalOpenSerializer, responses={201: AppraisalSerializer})
    def create(self, request: Request) -> Response:
        """Open the appraisal of a branch for a year."""
        given = said(shapes.AppraisalOpenSerializer, request)
        unit = unit_to_handle(person(request), given.pop("unit"))
        year = given.pop("year")
        row = opening.open_appraisal(unit, year, opening.Plan(**given), by=person(request), on=today())
        return Response(AppraisalSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=shapes.AppraisalChangeSerializer, responses=AppraisalSerializer)
    @action(detail=True, methods=["put"])
    def plan(self, request: Request, pk: int) -> Response:
        """Change the cut-off day and the day of the meeting."""
        found, given = self._handled(pk), said(shapes.AppraisalChangeSerializer, request)
        seen = given.pop("updated_at", None)
        opening.change_plan(found, opening.Plan(**given), by=person(request), on=today(), seen=seen)
        return self._now(pk)

    @extend_schema(request=shapes.AppraisalPlaceSerializer, responses=AppraisalSerializer)
    @action(detail=True, methods=["post"])
    def people(self, request: Request, pk: int) -> Response:
        """How somebody takes part: graded, not graded, excused; with a reason."""
        found, given = self._handled(pk), said(shapes.AppraisalPlaceSerializer, request)
        people.place(found, given.pop("member"), people.Change(**given), by=person(request))
        return self._now(pk)

    @extend_schema(request=shapes.AppraisalPaperSerializer, responses=AppraisalSerializer)
    @action(detail=True, methods=["post"])
    def papers(self, request: Request, pk: int) -> Response:
        """Note that a self-review was handed in on paper."""
        found, given = self._handled(pk), said(shapes.AppraisalPaperSerializer, request)
        writing.note_paper(found, given["member"], back=given["back"], by=person(request), on=today())
        return self._now(pk)

    @extend_schema(responses=shapes.AppraisalTextsSerializer(many=True))
    @action(detail=True)
    def texts(self, request: Request, pk: int) -> Response:
        """Self-reviews and opinions, for the committee of the branch."""
        found = appraisal_to_read(person(request), pk)
        return Response(shapes.AppraisalTextsSerializer(papers(found), many=True).data)

    @extend_schema(request=shapes.AppraisalDaySerializer, responses=AppraisalSerializer)
    @action(detail=True, methods=["post"])
    def mutual(self, request: Request, pk: int) -> Response:
        """The meeting is held; members speak of each other."""
        found, given = self._handled(pk), said(shapes.AppraisalDaySerializer, request)
        meeting.begin_mutual(found, on=given["on"], by=person(request), today=today())
        return self._now(pk)

    @extend_schema(request=shapes.AppraisalBeginSerializer, responses=AppraisalSerializer)
    @action(detail=True, methods=["post"])
    def voting(self, request: Request, pk: int) -> Response:
        """Begin the ballot, on paper or by phone."""
        found, given = self._handled(pk), said(shapes.AppraisalBeginSerializer, request)
        balloting.begin(found, given["way"], on=given["on"], by=person(request), today=today())
        return self._now(pk)

    @extend_schema(request=None, responses=AppraisalSerializer)
    @action(detail=True, methods=["post"], url_path="voting-end")
    def voting_end(self, request: Request, pk: int) -> Response:
        """End the ballot by phone, and count it."""
        balloting.close_votes(self._handled(pk), by=person(request), today=today())
        return self._now(pk)

    @extend_schema(request=shapes.AppraisalCountSerializer, responses=AppraisalSerializer)
    @action(detail=True, methods=["put"])
    def ballot(self, request: Request, pk: int) -> Response:
        """The paper ballots as counted."""
        found, given = self._handled(pk), said(shapes.AppraisalCountSerializer, request)
        seen = given.pop("updated_at", None)
        tally = {row["member"]: {mark: row[mark] for mark in MARKS} for row in given.pop("marks")}
        counted = balloting.Counted(tally=tally, **given)
        balloting.count(found, counted, by=person(request), today=today(), seen=seen)
        return self._now(pk)

    @extend_schema(request=shapes.AppraisalGradingSerializer, responses=AppraisalSerializer)
    @action(detail=True, methods=["put"])
    def verdicts(self, request: Request, pk: int) -> Response:
        """Settle on the grades of everybody who is graded."""
        found, given = self._handled(pk), said(shapes.AppraisalGradingSerializer, request)
        rows = given["verdicts"]
        settled = grading.Settled(
            by=given["decided_by"],
            on=given["on"],
            grades={row["member"]: row["grade"] for row in rows},
            reasons={row["member"]: row["reason"] for row in rows},
            cap_reason=given["cap_reason"],
        )
        grading.grade(found, settled, by=person(request), today=today(), seen=given.get("updated_at"))
        return self._now(pk)

    @extend_schema(request=shapes.AppraisalDaySerializer, responses=AppraisalSerializer)
    @action(detail=True, methods=["post"])
    def announcement(self, request: Request, pk: int) -> Response:
        """Each member reads their own grade from now on."""
        found, given = self._handled(pk), said(shapes.AppraisalDaySerializer, request)
        grading.announce(found, on=given["on"], by=person(request), today=today())
        return self._now(pk)

    @extend_schema(request=None, responses=AppraisalSerializer)
    @action(detail=True, methods=["post"])
    def closing(self, request: Request, pk: int) -> Response:
        """Write the grades onto the timelines."""
        ending.close(self._handled(pk), by=person(request), on=today())
        return self._now(pk)

    @extend_schema(request=shapes.AppraisalReasonSerializer, responses=AppraisalSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: int) -> Response:
        """Take the last step back; closing for thirty days."""
        given = said(shapes.AppraisalReasonSerializer, request)
        ending.undo_last(self._handled(pk), **given, by=person(request), on=today())
        return self._now(pk)

    @extend_schema(request=shapes.AppraisalReasonSerializer, responses=AppraisalSerializer)
    @action(detail=True, methods=["post"])
    def cancellation(self, request: Request, pk: int) -> Response:
        """Give the case up."""
        found, given = self._handled(pk), said(shapes.AppraisalReasonSerializer, request)
        ending.cancel(found, **given, by=person(request), on=today())
        return self._now(pk)

    def _handled(self, pk: int) -> Appraisal:
        return appraisal_to_handle(person(self.request), pk)

    def _now(self, pk: int) -> Response:
        return Response(AppraisalSerializer(appraisal_for(person(self.request), pk)).data)
