"""`/api/v1/member-merges/`: two entries of one person, compared, merged and separated again."""

from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import now, today
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.members.actions import merging
from workspace.members.forms.merges import misfits
from workspace.members.models import Member, Row
from workspace.members.queries.duplicates import pairs
from workspace.members.queries.merges import merge_for, merges_for


class MemberMergeSerializer(serializers.ModelSerializer[Row]):
    """A merge that was made. `removed` is the key of the entry that went into `member`."""

    id = serializers.IntegerField(source="batch_id")
    removed = serializers.IntegerField(source="values.removed")
    moved = serializers.DictField(source="batch.counts", child=serializers.IntegerField())
    state = serializers.CharField(source="batch.state")
    by = serializers.CharField(source="batch.by_name")
    at = serializers.DateTimeField(source="batch.finished_at")

    class Meta:
        model = Row
        fields = ("id", "member", "removed", "moved", "state", "by", "at")


class PairSerializer(serializers.Serializer[Any]):
    kept = serializers.IntegerField()
    gone = serializers.IntegerField()


class CandidateSerializer(serializers.Serializer[Any]):
    """`differ`: both have a citizen number, so they may be two people."""

    kept = serializers.IntegerField(source="kept.pk")
    gone = serializers.IntegerField(source="gone.pk")
    name = serializers.CharField(source="kept.name")
    why = serializers.CharField()
    differ = serializers.BooleanField()


class SideSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    column = serializers.CharField(source="label")
    kept = serializers.CharField()
    gone = serializers.CharField()
    same = serializers.BooleanField()
    better = serializers.CharField()


class PlanSerializer(serializers.Serializer[Any]):
    """What merging would do; hidden numbers are masked. Send `seen` back to confirm what was looked at."""

    sides = SideSerializer(many=True)
    moving = serializers.SerializerMethodField()
    settled = serializers.ListField(child=serializers.CharField())
    refusals = serializers.ListField(child=serializers.CharField())
    seen = serializers.CharField()

    def get_moving(self, plan: merging.Plan) -> dict[str, int]:
        """Rows that go along, by what they are."""
        return {fate.strand.key: fate.going for fate in plan.fates if fate.going}


class NewMergeSerializer(PairSerializer):
    """`choices` say for a column whose value stays, `kept` or `gone`."""

    choices = serializers.DictField(child=serializers.ChoiceField(choices=["kept", "gone"]), default=dict)
    seen = serializers.CharField(max_length=64)


class MergeViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Row]):
    """Merges of two entries (合并重复登记), newest first."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "members:read", "write": "members:write"}
    serializer_class = MemberMergeSerializer
    lookup_value_converter = "int"
    queryset = Row.objects.none()

    def get_queryset(self) -> "QuerySet[Row]":
        person = self.request.user
        return merges_for(person) if person.is_authenticated else Row.objects.none()

    def get_object(self) -> Row:
        return merge_for(cast(User, self.request.user), self.kwargs["pk"])

    @extend_schema(responses=CandidateSerializer(many=True))
    @action(detail=False, pagination_class=None, filter_backends=[])
    def candidates(self, request: Request) -> Response:
        """Pairs that may be one person."""
        return Response(CandidateSerializer(pairs(cast(User, request.user)), many=True).data)

    @extend_schema(request=PairSerializer, responses=PlanSerializer)
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        """What merging these two would do. Nothing is written."""
        kept, gone, _said = self._pair(PairSerializer, request)
        return Response(PlanSerializer(merging.plan(kept, gone)).data)

    @extend_schema(request=NewMergeSerializer, responses={201: MemberMergeSerializer})
    def create(self, request: Request) -> Response:
        """Merge; refuses (409) what has to be settled first, and what changed since the preview."""
        kept, gone, said = self._pair(NewMergeSerializer, request)
        if wrong := misfits(merging.plan(kept, gone), said["choices"], on=today()):
            raise serializers.ValidationError({"choices": wrong})
        person = cast(User, request.user)
        made = merging.merge(kept, gone, choices=said["choices"], seen=said["seen"], by=person, at=now())
        return Response(MemberMergeSerializer(made.rows.get()).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=MemberMergeSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: int) -> Response:
        """Both entries stand again as they stood, within 30 days."""
        person = cast(User, request.user)
        merging.undo(merge_for(person, pk), by=person, at=now())
        return Response(MemberMergeSerializer(merge_for(person, pk)).data)

    def _pair(self, serializer: Any, request: Request) -> tuple[Member, Member, dict[str, Any]]:
        given = serializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        person = cast(User, request.user)
        kept, gone = (merging.entry_for(person, said[name]) for name in ("kept", "gone"))
        if kept.pk == gone.pk:
            raise merging.SamePerson
        return kept, gone, said
