"""Tokens at the API."""

from datetime import timedelta

import pytest
from rest_framework import viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from shared.clock import now
from tenants import context
from tests.support.cast import Cast, Client
from workspace.accounts import tokens
from workspace.accounts.models import Token, User
from workspace.accounts.scopes import HasScope


def issue(cast: Cast, *scopes: str, at: str = "jia", **more) -> str:
    with context.inside(getattr(cast, at)):
        _token, text = tokens.issue(
            by=User.objects.get(username="secretary"), name="报表", scopes=list(scopes), expires_at=None, **more
        )
        return text


def me(text: str, at: str = "jia"):
    return Client(at).get("/api/v1/me/", headers={"Authorization": f"Bearer {text}"})


def test_a_token_acts_for_the_person_who_made_it(cast: Cast) -> None:
    answer = me(issue(cast, "members:read"))
    assert answer.json() | {"username": "secretary", "scopes": ["members:read"]} == answer.json()


@pytest.mark.parametrize("text", ["", "tx_", "tx_wrong", "\xe9\xff", "a b", "tx_" + "A" * 43])
def test_a_made_up_token_is_refused(cast: Cast, text: str) -> None:
    answer = Client("jia").get("/api/v1/me/", HTTP_AUTHORIZATION=f"Bearer {text}")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": now()},
        {"expires_at": now() - timedelta(seconds=1)},
    ],
)
def test_a_revoked_or_expired_token_is_refused(cast: Cast, change: dict) -> None:
    text = issue(cast, "members:read")
    with context.inside(cast.jia):
        Token.objects.update(**change)
    assert me(text).status_code == 401


def test_a_token_ends_with_the_account_that_made_it(cast: Cast) -> None:
    text = issue(cast, "members:read")
    with context.inside(cast.jia):
        User.objects.filter(username="secretary").update(is_active=False)
    assert me(text).status_code == 401


def test_only_a_digest_is_stored(cast: Cast) -> None:
    text = issue(cast)
    with context.inside(cast.jia):
        token = Token.objects.get()
        assert text not in repr(vars(token))
        assert len(token.digest) == 64
        assert token.hint == text[:9]


def test_the_time_of_use_is_kept(cast: Cast) -> None:
    me(issue(cast))
    with context.inside(cast.jia):
        assert Token.objects.get().last_used_at is not None


class Things(viewsets.ViewSet):
    permission_classes = (IsAuthenticated, HasScope)
    scope = {"read": "members:read", "write": "members:write", "check_in": "checkins:write"}

    def anything(self, request: Request) -> Response:
        return Response({})

    index = create = check_in = anything


class Unscoped(Things):
    scope = None


@pytest.mark.parametrize(
    ("scopes", "view", "method", "action", "status"),
    [
        ({"members:read"}, Things, "get", "index", 200),
        ({"members:read"}, Things, "post", "create", 403),
        ({"members:write"}, Things, "post", "create", 200),
        ({"members:write"}, Things, "get", "index", 403),
        ({"members:write"}, Things, "post", "check_in", 403),
        ({"checkins:write"}, Things, "post", "check_in", 200),
        ({"members:read"}, Unscoped, "get", "index", 403),
    ],
)
def test_a_token_does_what_its_scopes_say(cast: Cast, scopes, view, method, action, status) -> None:
    text = issue(cast, *scopes)
    request = getattr(APIRequestFactory(), method)("/", headers={"Authorization": f"Bearer {text}"})
    with context.inside(cast.jia):
        assert view.as_view({method: action})(request).status_code == status


def test_a_person_in_a_session_needs_no_scope(cast: Cast) -> None:
    assert cast.signed_in("member").get("/api/v1/me/").json()["scopes"] is None
