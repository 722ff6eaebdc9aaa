"""`/api/v1/imports/`: a roster in, judged, then imported."""

from typing import Any, ClassVar, cast

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import now, today
from shared.spreadsheets.limits import DEFAULT
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.members.actions.imports import running
from workspace.members.actions.imports.opening import choose_columns, open_batch
from workspace.members.actions.imports.undoing import undo
from workspace.members.api.serializers import BatchSerializer, FileSerializer
from workspace.members.models import Batch
from workspace.members.queries.batches import batch_for, batches_for, may_import


class ImportViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Batch]):
    """Imports (导入批次): `POST` a file for a dry run, `POST …/start/` to import its good rows, then `GET` it."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "members:read", "write": "members:write"}
    parser_classes = (MultiPartParser, JSONParser)
    serializer_class = BatchSerializer
    lookup_value_converter = "int"
    queryset = Batch.objects.none()

    def get_queryset(self) -> Any:
        person = self.request.user
        return batches_for(person) if person.is_authenticated else Batch.objects.none()

    def retrieve(self, request: Request, pk: int) -> Response:
        """State, counts and progress."""
        return self._answer(batch_for(cast(User, request.user), pk))

    @extend_schema(request={"multipart/form-data": FileSerializer}, responses={201: BatchSerializer})
    def create(self, request: Request) -> Response:
        """Read a file, guess its columns and judge every row; nothing is written to the register."""
        user = may_import(cast(User, request.user))
        given = FileSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        data = said["file"].read(DEFAULT.file_bytes + 1)
        batch = open_batch(data, file_name=said["file"].name, by=user, as_of=today())
        columns: dict[int, str | None] = {int(at): field for at, field in batch.mapping.items()}
        defaults = {"unit": str(said.get("unit") or ""), "category": said.get("category", "")}
        judged = choose_columns(batch, columns, defaults=defaults, as_of=today(), on=today())
        return self._answer(judged, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={202: BatchSerializer})
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: int) -> Response:
        """Import the good rows in the background."""
        found = batch_for(cast(User, request.user), pk)
        running.start(found, by=cast(User, request.user), at=now())
        return self._answer(batch_for(cast(User, request.user), pk), status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses=BatchSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: int) -> Response:
        """Take the import back; refuses (409) when something newer depends on it."""
        found = batch_for(cast(User, request.user), pk)
        undo(found, keep_newer=False, by=cast(User, request.user), at=now())
        return self._answer(batch_for(cast(User, request.user), pk))

    def _answer(self, batch: Batch, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(batch).data, status=code)
