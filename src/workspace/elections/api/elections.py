"""`/api/v1/elections/`: elections, and every verb that their pages have."""

from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from rules import Marks
from shared.clock import today
from workspace.access.queries import may, units_where
from workspace.accounts.scopes import HasScope
from workspace.elections.actions import balloting, candidates, ending, meeting, opening, papers, posts, rolls
from workspace.elections.api import serializers as shapes
from workspace.elections.api.reading import person, said
from workspace.elections.api.serializers import ElectionSerializer
from workspace.elections.forms.filters import Filters
from workspace.elections.models import Election, ElectionQuerySet
from workspace.elections.models.candidates import Candidate
from workspace.elections.models.rolls import LEAVES_OUT, PUTS_ON
from workspace.elections.queries import lists
from workspace.elections.queries.rolls import day_of, people_to_put_on, roll_of, shown_reason
from workspace.elections.queries.visibility import (
    VIEW,
    election_for,
    election_to_decide,
    election_to_handle,
    elections_seen_by,
    unit_to_handle,
)
from workspace.members.models import Member

_FILTERS = [
    OpenApiParameter("tab", str, enum=["running", "done", "all"], description="All unless said."),
    OpenApiParameter("q", str, description="Name or pinyin of the unit."),
    OpenApiParameter("kind", str, enum=Election.Kind.values),
    OpenApiParameter("unit", int, description="This unit and everything below it."),
]


class ElectionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Election]):
    """Elections of committees and secretaries (换届选举), from the request to the filing."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "elections:read", "write": "elections:write"}
    serializer_class = ElectionSerializer
    lookup_value_converter = "int"
    queryset = Election.objects.none()

    def get_queryset(self) -> ElectionQuerySet:
        if not self.request.user.is_authenticated:
            return Election.objects.none()  # the schema generator asks as nobody
        user = person(self.request)
        if self.action != "list":
            return elections_seen_by(user)
        asked = self.request.query_params
        filters = Filters(asked, units=units_where(user, VIEW).open())
        return lists.elections(user, asked.get("tab", "all"), filters.narrowing())

    @extend_schema(parameters=_FILTERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Elections of the units that the token's owner looks after."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=shapes.ElectionOpenSerializer, responses={201: ElectionSerializer})
    def create(self, request: Request) -> Response:
        """Open the election of a unit."""
        given = said(shapes.ElectionOpenSerializer, request)
        unit = unit_to_handle(person(request), given.pop("unit"))
        row = opening.open_election(unit, opening.Plan(**given), by=person(request), on=today())
        return Response(ElectionSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=shapes.ElectionChangeSerializer, responses=ElectionSerializer)
    @action(detail=True, methods=["put"])
    def plan(self, request: Request, pk: int) -> Response:
        """Change what is planned; after the approval of the request the day alone."""
        found, given = self._handled(pk), said(shapes.ElectionChangeSerializer, request)
        seen = given.pop("updated_at", None)
        opening.change_plan(found, opening.Plan(**given), by=person(request), seen=seen)
        return self._now(pk)

    @extend_schema(request=shapes.ElectionAskSerializer, responses=ElectionSerializer)
    @action(detail=True, methods=["post"])
    def papers(self, request: Request, pk: int) -> Response:
        """Ask the level above: the request, the candidates, a postponement, the result."""
        papers.ask(self._handled(pk), **said(shapes.ElectionAskSerializer, request), by=person(request), today=today())
        return self._now(pk)

    @extend_schema(request=None, responses=ElectionSerializer)
    @action(detail=True, methods=["post"])
    def withdrawal(self, request: Request, pk: int) -> Response:
        """Take the open question back."""
        papers.withdraw(self._handled(pk), by=person(request))
        return self._now(pk)

    @extend_schema(request=shapes.ElectionDecideSerializer, responses=ElectionSerializer)
    @action(detail=True, methods=["post"])
    def decision(self, request: Request, pk: int) -> Response:
        """Answer for the level above. An approved result writes the posts and ends the case."""
        found = election_to_decide(person(request), pk)
        papers.decide(found, **said(shapes.ElectionDecideSerializer, request), by=person(request), today=today())
        return self._now(pk)

    @extend_schema(responses=shapes.ElectionRollSerializer)
    @action(detail=True, methods=["get"])
    def roll(self, request: Request, pk: int) -> Response:
        """Who may vote, as of the day; frozen once the meeting has opened."""
        found = election_for(person(request), pk)
        roll = roll_of(found, on=day_of(found, today()))
        in_full = may(person(request), "member.change", found.unit)
        lines = [
            {"member": line.member, "name": line.name, "reason": shown_reason(line, in_full=in_full)}
            for line in roll.lines
        ]
        known = {"frozen_on": roll.frozen_on, "entitled": len(roll.voters), "lines": lines}
        return Response(shapes.ElectionRollSerializer(known).data)

    @extend_schema(request=shapes.ElectionAmendSerializer, responses=ElectionSerializer)
    @action(detail=True, methods=["post"], url_path="roll-changes")
    def roll_changes(self, request: Request, pk: int) -> Response:
        """Put somebody on the list, or leave somebody out of those entitled; with a reason."""
        found, given = self._handled(pk), said(shapes.ElectionAmendSerializer, request)
        on, key = day_of(found, today()), given.pop("member")
        if given["why"] not in (PUTS_ON if given["is_in"] else LEAVES_OUT):
            raise serializers.ValidationError({"why": given["why"]})
        listed = [line.member for line in roll_of(found, on=on).voters]
        able = people_to_put_on(found, by=person(request), on=on)
        whom = (able if given["is_in"] else Member.objects.filter(pk__in=listed)).filter(pk=key).first()
        if whom is None:
            raise Http404
        rolls.amend(found, whom, rolls.Change(**given), by=person(request), on=on)
        return self._now(pk)

    @extend_schema(request=shapes.ElectionNominateSerializer, responses=ElectionSerializer)
    @action(detail=True, methods=["put"])
    def candidates(self, request: Request, pk: int) -> Response:
        """Everybody who stands, as one list."""
        found, given = self._handled(pk), said(shapes.ElectionNominateSerializer, request)
        on = day_of(found, today())
        names = {line.member: line.name for line in roll_of(found, on=on).lines}
        if any(row["member"] not in names for row in given["candidates"]):
            raise Http404
        people = [Candidate(name=names[row["member"]], **row) for row in given["candidates"]]
        candidates.nominate(found, people, by=person(request), on=on, again=given["again"])
        return self._now(pk)

    @extend_schema(request=shapes.ElectionMeetingSerializer, responses=ElectionSerializer)
    @action(detail=True, methods=["post"])
    def meeting(self, request: Request, pk: int) -> Response:
        """The meeting opens; the list of those entitled is frozen."""
        found, given = self._handled(pk), said(shapes.ElectionMeetingSerializer, request)
        meeting.open_meeting(found, **given, by=person(request), today=today())
        return self._now(pk)

    @extend_schema(request=shapes.ElectionCountSerializer, responses=ElectionSerializer)
    @action(detail=True, methods=["post"])
    def ballots(self, request: Request, pk: int) -> Response:
        """Count one round."""
        found, given = self._handled(pk), said(shapes.ElectionCountSerializer, request)
        purpose, votes = given.pop("purpose"), given.pop("votes")
        marks = {row["member"]: Marks(row["yes"], row["no"], row["abstain"]) for row in votes}
        counted = balloting.Counted(votes=marks, **given)
        balloting.count(found, purpose, counted, by=person(request), today=today())
        return self._now(pk)

    @extend_schema(request=shapes.ElectionReasonSerializer, responses=ElectionSerializer)
    @action(detail=True, methods=["post"])
    def vacancies(self, request: Request, pk: int) -> Response:
        """Seats that nobody won stay open for now."""
        balloting.leave_open(self._handled(pk), **said(shapes.ElectionReasonSerializer, request), by=person(request))
        return self._now(pk)

    @extend_schema(request=shapes.ElectionPostsSerializer, responses=ElectionSerializer)
    @action(detail=True, methods=["put"])
    def posts(self, request: Request, pk: int) -> Response:
        """Which post each elected member takes who is neither secretary nor deputy."""
        found, given = self._handled(pk), said(shapes.ElectionPostsSerializer, request)
        posts.divide(found, {row["member"]: row["post"] for row in given["posts"]}, by=person(request))
        return self._now(pk)

    @extend_schema(request=shapes.ElectionReasonSerializer, responses=ElectionSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: int) -> Response:
        """Take the last step since the meeting back."""
        ending.undo_last(self._handled(pk), **said(shapes.ElectionReasonSerializer, request), by=person(request))
        return self._now(pk)

    @extend_schema(request=shapes.ElectionReasonSerializer, responses=ElectionSerializer)
    @action(detail=True, methods=["post"])
    def cancellation(self, request: Request, pk: int) -> Response:
        """Give the case up."""
        found, given = self._handled(pk), said(shapes.ElectionReasonSerializer, request)
        ending.cancel(found, **given, by=person(request), on=today())
        return self._now(pk)

    def _handled(self, pk: int) -> Election:
        return election_to_handle(person(self.request), pk)

    def _now(self, pk: int) -> Response:
        return Response(ElectionSerializer(election_for(person(self.request), pk)).data)
