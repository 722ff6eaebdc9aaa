"""`/api/v1/members/`: the register."""

from typing import Any, ClassVar, cast

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import now, today
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.members.actions import leaving, records, taking_files, unmasking
from workspace.members.actions.events import happen, void
from workspace.members.api.events import EventSerializer, HappeningSerializer, VoidSerializer
from workspace.members.api.files import FILE, OwnFileSerializer, TakeFileSerializer
from workspace.members.api.serializers import (
    LeaveSerializer,
    MemberSerializer,
    UnmaskedSerializer,
    UnmaskSerializer,
    WriteSerializer,
    judged,
)
from workspace.members.forms.filters import RegisterFilters
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet
from workspace.members.queries.events import event_for, events_of
from workspace.members.queries.register import branches_to_fill, register, units_to_choose
from workspace.members.queries.visibility import member_for, members_where
from workspace.members.responses import attached
from workspace.organization.models import Unit

_FILTERS = [
    OpenApiParameter("q", str, description="Name, pinyin, initials, last digits of the phone, or a citizen number."),
    OpenApiParameter("unit", int, description="This unit and everything below it."),
    OpenApiParameter("category", str, enum=["members", *Member.Category.values]),
    OpenApiParameter("sex", str, enum=["1", "2"]),
    OpenApiParameter("age", str, enum=["30", "40", "50", "60", "61"]),
    OpenApiParameter("education", str, enum=["1", "2", "3", "4", "6", "7"]),
    OpenApiParameter("condition", str, enum=["floating", "lost"]),
    OpenApiParameter("standing", str, enum=["left", "all"], description="Present members unless said."),
]


def _person(request: Request) -> User:
    return cast(User, request.user)


class MemberViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Member]):
    """Members (党员) of the units on which the token's owner may see them, by pinyin."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "members:read", "write": "members:write"}
    serializer_class = MemberSerializer
    lookup_value_converter = "int"
    queryset = Member.objects.none()

    def get_queryset(self) -> MemberQuerySet:
        if not self.request.user.is_authenticated:
            return Member.objects.none()  # the schema generator asks as nobody
        user = _person(self.request)
        if self.action != "list":
            return members_where(user, "member.view").select_related("unit")
        filters = RegisterFilters(self.request.query_params, units=units_to_choose(user))
        return register(user, filters.narrowing(), on=today()).order_by("pinyin", "pk")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "on": today()}

    @extend_schema(parameters=_FILTERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The register, narrowed as its page is."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=WriteSerializer, responses={201: MemberSerializer})
    def create(self, request: Request) -> Response:
        """Put one person on the register of a branch."""
        given = _read(WriteSerializer, request)
        values = judged(given, None, on=today())
        unit = self._branch(given.get("unit"))
        return self._answer(records.register_member(unit, values, by=_person(request)), status.HTTP_201_CREATED)

    @extend_schema(request=WriteSerializer, responses=MemberSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change some columns. With `updated_at`, refuses (409) when somebody wrote since."""
        found = member_for(_person(request), pk, to="member.change")
        given = _read(WriteSerializer, request)
        values = judged(given, found, on=today())
        if "unit" in given:
            values["unit"] = self._branch(given["unit"])
        seen_at = given.get("updated_at", found.updated_at)
        records.change(found, values, by=_person(request), seen_at=seen_at, basis=given.get("basis", ""))
        return self._answer(Member.objects.select_related("unit").get(pk=pk))

    @extend_schema(request=LeaveSerializer, responses=MemberSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: int) -> Response:
        """No longer on the register from a day."""
        found = member_for(_person(request), pk, to="member.change")
        leaving.leave(found, **_read(LeaveSerializer, request), by=_person(request))
        return self._answer(Member.objects.select_related("unit").get(pk=pk))

    @extend_schema(request=UnmaskSerializer, responses=UnmaskedSerializer)
    @action(detail=True, methods=["post"])
    def unmask(self, request: Request, pk: int) -> Response:
        """One hidden fact in full, with a reason; every look is recorded."""
        found = member_for(_person(request), pk, to="member.change")
        asked = _read(UnmaskSerializer, request)
        value = unmasking.unmask(found, asked["field"], reason=asked["reason"], by=_person(request))
        return Response({"field": asked["field"], "value": value})

    @extend_schema(request=TakeFileSerializer, responses={(200, "application/pdf"): FILE})
    @action(detail=True, methods=["post"])
    def file(self, request: Request, pk: int) -> HttpResponse:
        """The personal file (个人档案) as `pdf` or `json`; in full with a reason. For whoever may export the member."""
        user = _person(request)
        found = member_for(user, pk, to="member.export")
        made = taking_files.take_file(found, **_read(TakeFileSerializer, request), by=user, at=now())
        return attached(made, name="file")

    @extend_schema(request=OwnFileSerializer, responses={(200, "application/pdf"): FILE})
    @action(detail=False, methods=["post"], url_path="own-file")
    def own_file(self, request: Request) -> HttpResponse:
        """One's own personal file, in full."""
        user = _person(request)
        found = Member.objects.select_related("unit").filter(user=user).first()
        if found is None:
            raise Http404
        form = _read(OwnFileSerializer, request)["form"]
        return attached(taking_files.take_file(found, form=form, whole=True, reason="", by=user, at=now()), name="file")

    @extend_schema(methods=["GET"], responses=EventSerializer(many=True))
    @extend_schema(methods=["POST"], request=HappeningSerializer, responses={201: EventSerializer})
    @action(detail=True, methods=["get", "post"], pagination_class=None, filter_backends=[])
    def events(self, request: Request, pk: int) -> Response:
        """What happened to the member, newest first; or record what happened. Refuses (400) what does not fit."""
        user = _person(request)
        if request.method == "GET":
            found = member_for(user, pk)
            rows = list(events_of(found, user=user))
            return Response(EventSerializer(rows, many=True).data)
        found = member_for(user, pk, to="member.change")
        given = _read(HappeningSerializer, request)
        unit = self._branch(given.pop("unit")) if "unit" in given else None
        made = happen(found, given.pop("kind"), **given, unit=unit, by=user)
        return Response(EventSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        parameters=[OpenApiParameter("event", int, OpenApiParameter.PATH)],
        request=VoidSerializer,
        responses=EventSerializer,
    )
    @action(detail=True, methods=["post"], url_path="events/<int:event>/void", url_name="event-void")
    def void_event(self, request: Request, pk: int, event: int) -> Response:
        """Take an event back; where the member stands is worked out anew."""
        user = _person(request)
        found = member_for(user, pk, to="member.change")
        told = event_for(found, event, user=user)
        void(told, by=user, reason=_read(VoidSerializer, request)["reason"])
        return Response(EventSerializer(told).data)

    def _branch(self, key: int | None) -> Unit:
        """An open branch that the person may fill; a field error for any other key."""
        found = branches_to_fill(_person(self.request), "member.change").filter(pk=key or 0).first()
        if found is None:
            raise serializers.ValidationError({"unit": [_("请选择一个您可以登记党员的党支部。")]})
        return found

    def _answer(self, member: Member, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(member).data, status=code)


def _read(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
