"""Nobody finds out by asking which workspaces, people or addresses exist: answers are alike, and so is the work."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared.clock import now
from tenants import context
from tenants.models import Domain, Tenant
from tests.isolation.answers import seen
from tests.provisioning.arrival import answer_until
from tests.support.cast import Cast, Client
from workspace.accounts import tokens
from workspace.accounts.models import User

# Statements by which two answers may differ: a failure of somebody who exists is written into the record.
ALIKE = 4


@pytest.fixture
def several(cast: Cast) -> dict[str, str]:
    """Addresses by what stands behind them."""
    others = {
        "suspended": Tenant.objects.create(slug="suspended-one", name="停", state=Tenant.State.SUSPENDED),
        "retired": Tenant.objects.create(slug="retired-one", name="清", state=Tenant.State.PURGED),
        "renamed": Tenant.objects.create(slug="renamed-one", name="迁", state=Tenant.State.ACTIVE),
    }
    Domain.objects.create(domain="suspended-one", tenant=others["suspended"], is_primary=True)
    Domain.objects.create(domain="former-one", tenant=others["renamed"], is_primary=False)
    return {
        "active": "jia",
        "suspended": "suspended-one",
        "retired": "retired-one",
        "former": "former-one",
        "unknown": "nobody-there",
    }


def ask(client: Client, method: str, path: str, values: dict[str, str], *typed: str) -> tuple[Any, int]:
    """What was answered, but for what was typed, and by how many statements."""
    with CaptureQueriesContext(connection) as ran:
        answer = getattr(client, method)(path, values)
    return seen(answer, *(typed or tuple(values.values()))), len(ran)


def alike(answers: list[tuple[Any, int]]) -> None:
    first = answers[0][0]
    for said, _count in answers[1:]:
        assert said == first
    counts = [count for _said, count in answers]
    assert max(counts) - min(counts) <= ALIKE, counts


def test_finding_a_workspace_by_its_address_tells_nothing(several: dict[str, str]) -> None:
    alike([ask(Client(), "get", "/find/address/", {"slug": slug}) for slug in several.values()])


def test_a_reserved_address_is_told_apart_by_a_list_and_not_by_what_there_is(several: dict[str, str]) -> None:
    alike([ask(Client(), "get", "/find/address/", {"slug": slug}) for slug in ("admin", "console", "www")])


def test_finding_a_workspace_by_mail_tells_nothing(several: dict[str, str]) -> None:
    mails = ("owner@jia.example", "owner@yan.example", "nobody@nowhere.example")
    alike([ask(Client(), "post", "/find/email/", {"email": email}) for email in mails])


def test_the_check_of_a_new_address_does_not_say_who_has_it(several: dict[str, str]) -> None:
    """Somebody who proved a mail address hears that it is taken, by whomever and in whatever state."""
    client = Client()
    answer_until(client, "code")
    path = "/sign-up/address/availability/"
    taken = {kind: slug for kind, slug in several.items() if kind != "unknown"}
    answers = [ask(client, "get", path, {"slug": slug}) for slug in taken.values()]
    assert "已被使用" in answers[0][0][2]
    alike(answers)


def test_a_stranger_hears_nothing_of_new_addresses(several: dict[str, str]) -> None:
    path = "/sign-up/address/availability/"
    answers = [ask(Client(), "get", path, {"slug": slug}) for slug in [*several.values(), "admin"]]
    assert answers[0][0][0] == 403
    alike(answers)


def test_signing_in_tells_no_name(cast: Cast) -> None:
    with context.inside(cast.jia):
        User.objects.filter(username="stranger").update(is_active=False)
        User.objects.filter(username="member").update(email="wang@jia.example", phone="13800001111")
    names = ("secretary", "wang@jia.example", "13800001111", "stranger", "nobody", "no@jia.example", "13900002222")
    answers = [
        ask(Client("jia"), "post", "/sign-in/", {"username": name, "password": "Guess-at-it-9"}) for name in names
    ]
    assert answers[0][0][0] == 400
    alike(answers)


def test_a_forgotten_password_tells_no_name(cast: Cast) -> None:
    with context.inside(cast.jia):
        User.objects.filter(username="member").update(email="wang@jia.example")
    names = ("wang@jia.example", "member", "secretary", "nobody", "nobody@jia.example", "13900002222")
    answers = [ask(Client("jia"), "post", "/reset/", {"username": name}) for name in names]
    assert answers[0][0][0] == 200
    alike(answers)


def test_a_key_that_is_elsewhere_and_one_that_is_nowhere_are_one(cast: Cast) -> None:
    """Of the neighbour's rows, and of this workspace's rows that one may not see."""
    member = cast.signed_in("member", at="yan")
    with context.inside(cast.yan):
        hidden = User.objects.get(username="stranger").pk
    for path in ("/members/{}/", "/access/people/{}/", "/dues/members/{}/", "/api/v1/members/{}/"):
        alike([ask(member, "get", path.format(key), {}, f"/{key}/") for key in (hidden, 880_001)])


def test_a_token_that_is_over_and_one_that_never_was_are_one(cast: Cast) -> None:
    with context.inside(cast.jia):
        by = User.objects.get(username="secretary")
        _row, over = tokens.issue(by=by, name="x", scopes=["members:read"], expires_at=now())
        revoked, withdrawn = tokens.issue(by=by, name="y", scopes=["members:read"], expires_at=None)
        type(revoked).objects.filter(pk=revoked.pk).update(revoked_at=now())
    answers = []
    for text in (over, withdrawn, over[::-1], "tx_" + "a" * 43):
        with CaptureQueriesContext(connection) as ran:
            answer = Client("jia").get("/api/v1/me/", headers={"Authorization": f"Bearer {text}"})
        answers.append((seen(answer, text), len(ran)))
    assert answers[0][0][0] == 401
    alike(answers)
