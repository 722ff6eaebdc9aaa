"""What would leave for Sentry holds nobody: canaries are planted everywhere an SDK collects from."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sentry_sdk
from sentry_sdk.transport import Transport

from shared import reporting

CANARIES = {
    "citizen number": "110101199003078515",
    "phone": "13800001234",
    "e-mail": "zhang.wei@partner.example",
    "name": "欧阳金丝雀",
    "password": "Canary-password-9",
    "bank card": "6222021234567890123",
}
sent: list[Any] = []


class Kept(Transport):
    """Keeps what would go out."""

    def capture_envelope(self, envelope: Any) -> None:
        sent.append(envelope.serialize().decode(errors="replace"))


@pytest.fixture(autouse=True)
def _reporting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    sent.clear()
    real = sentry_sdk.init
    monkeypatch.setattr(sentry_sdk, "init", lambda **values: real(transport=Kept, **values))
    assert reporting.start("https://key@sentry.example/1", environment="tests", release="0")
    yield
    real(dsn="")


def fail_with_canaries() -> None:
    name = CANARIES["name"]  # noqa: F841  a local, as a view would hold it
    form = dict(CANARIES)  # noqa: F841
    sentry_sdk.add_breadcrumb(message=f"INSERT INTO members VALUES ('{CANARIES['citizen number']}')")
    sentry_sdk.set_user({"username": CANARIES["name"], "email": CANARIES["e-mail"]})
    sentry_sdk.set_extra("form", dict(CANARIES))
    raise ValueError(f"bad row: {CANARIES['citizen number']} {CANARIES['phone']} {CANARIES['e-mail']}")


def report() -> str:
    try:
        fail_with_canaries()
    except ValueError as error:
        sentry_sdk.capture_exception(error)
    sentry_sdk.flush()
    assert sent, "an event went out"
    return "".join(sent)


@pytest.mark.parametrize("what", CANARIES)
def test_no_canary_leaves(what: str) -> None:
    assert CANARIES[what] not in report()
    assert json.dumps(CANARIES[what])[1:-1] not in report()


def test_what_helps_to_mend_still_leaves() -> None:
    went = report()
    assert "ValueError" in went
    assert "fail_with_canaries" in went


def test_a_request_leaves_only_its_method() -> None:
    event = {
        "request": {
            "method": "POST",
            "url": "https://jia.example/members/?q=13800001234",
            "headers": {"Cookie": "session=secret", "Authorization": "Bearer tx_secret"},
            "data": dict(CANARIES),
            "query_string": "q=13800001234",
        }
    }
    assert reporting.before_send(event, {})["request"] == {"method": "POST"}


def test_scrubbing_reaches_every_depth() -> None:
    deep = {"a": [{"b": {"phone": "13800001234", "note": "call 13800001234", "module": "workspace.members"}}]}
    assert reporting.scrub(deep) == {
        "a": [{"b": {"phone": reporting.REMOVED, "note": f"call {reporting.REMOVED}", "module": "workspace.members"}}]
    }


def test_nothing_is_switched_on_without_an_address() -> None:
    assert reporting.start("", environment="tests", release="0") is False


def test_a_pseudonym_is_stable_and_keyed() -> None:
    assert reporting.pseudonym("k", "w", 1) == reporting.pseudonym("k", "w", 1)
    assert reporting.pseudonym("k", "w", 1) != reporting.pseudonym("other", "w", 1)
    assert reporting.pseudonym("k", "w", 1) != reporting.pseudonym("k", "v", 1)
