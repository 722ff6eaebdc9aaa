"""A link, a code, a secret that one workspace gave out: at another it is what one is that nobody gave out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from shared.clock import now
from tenants import context
from tests.isolation.answers import seen
from tests.support import activities
from tests.support.cast import Cast, Client
from workspace.access import links as invitations
from workspace.access.models import Invitation
from workspace.accounts import links, tokens
from workspace.accounts.models import User
from workspace.activities.actions import check_in, feeds
from workspace.activities.models import Activity
from workspace.activities.queries import codes
from workspace.archives import files
from workspace.archives.models import Archive
from workspace.organization.models import Unit


@dataclass(frozen=True)
class Given:
    """How to come with it: `{}` stands for what was given out. `opens` is what comes of it at home."""

    text: str
    path: str
    opens: int
    unknown: str
    post: dict[str, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    signed_in: str = ""

    def come(self, at: str, text: str) -> Any:
        """The answer. What it changed, such as a count of wrong tries, is undone."""
        client = Cast.assemble().signed_in(self.signed_in, at=at) if self.signed_in else Client(at)
        headers = {name: value.format(text) for name, value in self.headers.items()}
        path = self.path.format(text)
        posted = {name: value.format(text) for name, value in (self.post or {}).items()}
        with transaction.atomic():
            ask = client.get if self.post is None else client.post
            answer = ask(path, posted, headers=headers)
            transaction.set_rollback(True)
        return answer


def _mailed(purpose: str) -> Given:
    text = links.path_for(User.objects.get(username="member"), purpose).split("/")[2]  # type: ignore[arg-type]
    return Given(text, f"/{purpose}/{{}}/", 200, "Wz" + text[2:])


def _feed() -> Given:
    secret = feeds.give_address(User.objects.get(username="member"))
    return Given(secret, "/activities/calendar/{}.ics", 200, secret[::-1])


def _meeting() -> Activity:
    unit = Unit.objects.get(name="第一党支部")
    planned = activities.planned(unit, start=now() + timedelta(minutes=5))
    return check_in.open_check_in(planned, by=Cast.user("secretary"), at=now())


def _scan() -> Given:
    text = codes.qr_code(_meeting(), at=now())
    return Given(text, "/c/{}", 302, text[:-4] + "aaaa")


def _spoken() -> Given:
    meeting = _meeting()
    text = codes.spoken_code(meeting, at=now())
    other = f"{(int(text) + 500_000) % 1_000_000:06}"
    return Given(text, f"/activities/{meeting.pk}/check-in/code/", 302, other, post={"code": "{}"}, signed_in="member")


def _invitation() -> Invitation:
    unit = Unit.objects.get(name="第一党支部")
    return Invitation.objects.create(
        unit=unit, role="member", code="246810", expires_at=now() + timedelta(days=1), created_by=Cast.user("secretary")
    )


def _joining() -> Given:
    text = invitations.path_of(_invitation()).split("/")[2]
    return Given(text, "/join/{}/", 200, text[:-4] + "zzzz")


def _poster() -> Given:
    return Given(_invitation().code, "/join/", 302, "135791", post={"code": "{}"})


def _token() -> Given:
    _row, text = tokens.issue(by=Cast.user("secretary"), name="x", scopes=["members:read"], expires_at=None)
    return Given(text, "/api/v1/me/", 200, text[::-1], headers={"Authorization": "Bearer {}"})


def _archive() -> Given:
    made = Archive.objects.create(
        pk=660_001, token=files.new_token(), by_name="x", asked_at=now(), state=Archive.State.DONE, finished_at=now(),
        expires_at=now() + timedelta(days=1), bytes=3, digest="0" * 64,
    )  # fmt: skip
    files.path_of(made.token).parent.mkdir(parents=True, exist_ok=True)
    files.path_of(made.token).write_bytes(b"jia")
    return Given(str(made.pk), "/archives/{}/file/", 200, str(made.pk + 1), signed_in="owner")


KINDS: dict[str, Callable[[], Given]] = {
    "activation link": lambda: _mailed("activate"),
    "reset link": lambda: _mailed("reset"),
    "calendar address": _feed,
    "check-in code on the screen": _scan,
    "check-in code read out": _spoken,
    "link to join": _joining,
    "code of a poster": _poster,
    "token of a program": _token,
    "archive": _archive,
}


@pytest.fixture
def archives_here(tmp_path: Any) -> Any:
    with override_settings(ARCHIVES_ROOT=tmp_path):
        yield


@pytest.mark.parametrize("kind", KINDS)
def test_what_opens_at_home_is_at_the_neighbours_as_if_nobody_had_given_it_out(
    cast: Cast, archives_here: None, kind: str
) -> None:
    with context.inside(cast.yan):
        # What is asked about is there as well, under the same keys.
        if "check-in" in kind:
            _meeting()
    with context.inside(cast.jia):
        given = KINDS[kind]()
    assert given.come("jia", given.text).status_code == given.opens
    theirs, unknown = given.come("yan", given.text), given.come("yan", given.unknown)
    assert theirs.status_code >= 400 or (given.post and theirs.status_code == 200)
    assert seen(theirs, given.text) == seen(unknown, given.unknown)


def test_a_copied_archive_row_finds_no_file_of_the_neighbour(cast: Cast, archives_here: None) -> None:
    """As after a restore: a row names a file, and the folder is the workspace's own."""
    with context.inside(cast.jia):
        given = _archive()
        row = Archive.objects.get(pk=given.text)
    with context.inside(cast.yan):
        row.by = None
        row.save(force_insert=True)
    assert given.come("jia", given.text).status_code == 200
    answer = given.come("yan", given.text)
    assert answer.status_code == 410
    assert "jia" not in answer.content.decode()
