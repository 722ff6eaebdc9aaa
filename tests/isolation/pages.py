"""The workspace's addresses and a few that no product should have: they fail, stream, and read when it is too late."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from config.urls_workspace import urlpatterns as real
from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.organization.models import Unit


def _names() -> str:
    return ",".join(Unit.objects.values_list("name", flat=True))


def crash(request: HttpRequest) -> HttpResponse:
    """Reads, writes, and fails."""
    said = _names()
    Unit.objects.filter(depth=1).update(short_name="未完成")
    raise RuntimeError(said)


def clash(request: HttpRequest) -> HttpResponse:
    """Writes what is there already; the database quotes the row that it refuses."""
    there = User.objects.exclude(email=None).order_by("pk").first()
    User.objects.create(username="another", email=there.email if there else "")
    return HttpResponse()


def stream(request: HttpRequest) -> StreamingHttpResponse:
    """Read within the request, sent piece by piece."""
    return StreamingHttpResponse(f"{name}\n" for name in list(Member.objects.values_list("name", flat=True)))


def late(request: HttpRequest) -> StreamingHttpResponse:
    """Reads when the request's transaction is over, which must find nobody's rows."""

    def rows() -> Iterator[str]:
        yield "begun\n"
        yield _names()

    return StreamingHttpResponse(rows())


urlpatterns = [path("crash/", crash), path("clash/", clash), path("stream/", stream), path("late/", late), *real]
