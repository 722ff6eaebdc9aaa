"""Operators sign in on the console's host, by the same pages, from the control schema."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tenants import context
from tests.support.cast import PASSWORD, Cast, Client
from workspace.accounts.models import User

NEW = "Operator-pass-12"


def create(email: str = "op@tongxin.example") -> str:
    out = StringIO()
    call_command("create_operator", "--email", email, "--name", "李运营", stdout=out)
    return out.getvalue().strip()


def test_the_command_prints_a_link_of_the_console(cast: Cast) -> None:
    assert create().startswith("http://console.localhost/activate/")


def test_an_operator_activates_signs_in_and_keeps_an_account(cast: Cast) -> None:
    path = create().removeprefix("http://console.localhost")
    client = Client("console")
    assert client.get(path).status_code == 200
    assert client.post(path, {"password": NEW, "again": NEW}).status_code == 302
    for page in ("/me/", "/me/security/", "/me/password/", "/me/factor/"):
        assert client.get(page).status_code == 200, page
    assert client.get("/me/tokens/").status_code == 404
    with pytest.raises(CommandError):
        create()


def test_an_operator_is_nobody_in_a_workspace_and_the_other_way_round(cast: Cast) -> None:
    path = create().removeprefix("http://console.localhost")
    console = Client("console")
    console.post(path, {"password": NEW, "again": NEW})
    workspace = Client("jia")
    workspace.cookies["sessionid"] = console.cookies["sessionid"].value
    assert workspace.get("/api/v1/me/").status_code == 401
    assert Client("jia").get(path).status_code == 404
    assert Client("console").post("/sign-in/", {"username": "member", "password": PASSWORD}).status_code == 400
    with context.control():
        assert User.objects.count() == 1
