"""The database goes away and comes back: a clear answer meanwhile, and nothing that must be restarted after."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from tenants import hosts, lifecycle
from tenants.middleware import SOON_S
from tenants.models import Tenant
from tests.support.another import Another
from tests.support.cast import Client
from tests.support.gate import Gate
from workspace.accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db(transaction=True)

CONNECTIONS: list[dict[str, Any]] = [
    {"CONN_MAX_AGE": None},
    {"OPTIONS": {"pool": {"min_size": 1, "max_size": 2, "timeout": 1, "reconnect_timeout": 1}}},
]


@pytest.fixture
def gate(transactional_db: None) -> Iterator[Gate]:
    with tempfile.TemporaryDirectory() as folder:  # short: a socket's path may not pass 107 bytes
        made = Gate(Path(folder), connection.settings_dict["HOST"])
        yield made
        made.shut()


@pytest.mark.parametrize("connections", CONNECTIONS, ids=["kept", "pooled"])
def test_a_database_that_goes_away_and_comes_back(gate: Gate, connections: dict[str, Any]) -> None:
    with Another(DATABASE={"HOST": str(gate.folder), **connections}) as process:
        process.remembers("jia")
        gate.shut()
        for method in ("GET", "POST"):
            answer = process.get("jia", method=method)
            assert (answer["status"], answer["headers"].get("Retry-After")) == (503, str(SOON_S))
        jia = Tenant.objects.get(slug="jia")
        lifecycle.move(jia, to="suspended", by="tests", reason="试")
        try:
            gate.open()
            # What happened meanwhile was announced to nobody here; it is known all the same.
            answers = []
            process.until(lambda: answers.append(process.get("jia")) or "暂停服务" in answers[-1]["body"])
            assert {answer["status"] for answer in answers} == {503}
            process.remembers("jia")
        finally:
            lifecycle.move(jia, to="active", by="tests", reason="好了")
        process.until(lambda: process.get("jia")["status"] == 200)


def test_an_answer_that_the_database_is_away_asks_nobody_who_was_signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of the middleware goes out past the ones that ask who that is, and those may not ask any more."""

    def away(*_: object, **__: object) -> None:
        raise OperationalError("away")

    client = Client("jia", raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "0" * 32
    monkeypatch.setattr(SessionStore, "_get_session_from_db", away)
    monkeypatch.setattr(hosts, "has_changed", away)
    for method in (client.get, client.post):
        answer = method("/sign-in/")
        assert (answer.status_code, answer["Retry-After"]) == (503, str(SOON_S))
