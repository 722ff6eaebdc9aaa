"""Whoever sends somebody here with an address to go on to can send them nowhere but to this very host."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from tests.support.cast import PASSWORD, Cast, Client

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "http:evil.example",
    "https:///evil.example/",
    "javascript:alert(document.domain)",
    "data:text/html,x",
    "http://yan.localhost/",
    "//yan.localhost/sign-in/",
    "http://jia.localhost@evil.example/",
    "http://jia.localhost.evil.example/",
    "evil.example",
    "1",
    "accounts:sign-out",
    "sign-out",
    "\x00/",
    "/" * 3000,
)


def _at_sign_in(wanted: str) -> Any:
    return Client("jia").post("/sign-in/", {"username": "member", "password": PASSWORD, "next": wanted})


def _at_sign_in_by_address(wanted: str) -> Any:
    return Client("jia").post("/sign-in/", {"username": "member", "password": PASSWORD}, QUERY_STRING=f"next={wanted}")


def _already_signed_in(wanted: str) -> Any:
    return Cast.assemble().signed_in("member").get("/sign-in/", {"next": wanted})


def _larger_type(wanted: str) -> Any:
    return Client("jia").post("/display/type", {"next": wanted})


def _language(wanted: str) -> Any:
    return Client("jia").post("/i18n/setlang/", {"language": "en", "next": wanted})


def _refused_from(wanted: str) -> Any:
    """A refusal goes back to the page that its form was on."""
    path = "/activities/obligations/reach-back/"
    return Cast.assemble().signed_in("member").post(path, headers={"Referer": wanted.replace("\x00", "")})


WAYS: tuple[Callable[[str], Any], ...] = (
    _at_sign_in, _at_sign_in_by_address, _already_signed_in, _larger_type, _language, _refused_from,
)  # fmt: skip


def lands(location: str) -> tuple[str, str]:
    """Scheme and host where a browser comes to: it takes a backslash for a slash, and drops tabs and line ends."""
    read = re.sub(r"[\t\r\n]", "", location).replace("\\", "/").strip()
    found = urlsplit(urljoin("http://jia.localhost/somewhere/", read))
    return found.scheme, found.netloc


@pytest.mark.parametrize("way", WAYS)
def test_nobody_is_sent_to_another_host(cast: Cast, way: Callable[[str], Any]) -> None:
    for wanted in ELSEWHERE:
        answer = way(wanted)
        assert answer.status_code < 500, wanted
        assert lands(answer.headers.get("Location", "/")) == ("http", "jia.localhost"), wanted


@pytest.mark.parametrize("way", WAYS[:4])
def test_a_page_of_this_host_is_gone_on_to(cast: Cast, way: Callable[[str], Any]) -> None:
    """Or the test above could be passed by going nowhere."""
    assert way("/members/?page=2")["Location"] == "/members/?page=2"
    assert way("http://jia.localhost/me/")["Location"] == "http://jia.localhost/me/"
