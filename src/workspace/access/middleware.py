"""`request.may(verb)`: menus and templates ask it; verbs themselves ask `queries.may` about the very unit."""

from collections.abc import Callable
from contextlib import nullcontext

from django.http import HttpRequest, HttpResponse

from shared.read_only import SAFE
from workspace.access.acting import noting
from workspace.access.queries import verbs_of
from workspace.access.queries.held import remembering
from workspace.accounts.models import User

Handler = Callable[[HttpRequest], HttpResponse]


class MayMiddleware:
    """Reads the person's verbs once a request, and only when somebody asks."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.may = _answer(request)  # type: ignore[attr-defined]
        with noting(), remembering() if request.method in SAFE else nullcontext():
            return self.get_response(request)


def _answer(request: HttpRequest) -> Callable[[str], bool]:
    known: dict[str, frozenset[str]] = {}

    def may(verb: str) -> bool:
        if getattr(request, "workspace", None) is None or not isinstance(request.user, User):
            return False
        if "verbs" not in known:
            known["verbs"] = verbs_of(request.user)
        return verb in known["verbs"]

    return may
