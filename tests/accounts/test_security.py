"""`/me/`: the person's own account."""

import re
from datetime import timedelta

import pytest
import time_machine

from shared.clock import now
from tenants import context
from tests.support.cast import PASSWORD, Cast, Client
from workspace.accounts import lockout, totp
from workspace.accounts.models import Factor, Session, Token, User
from workspace.accounts.sealing import unseal

NEW = "Brand-new-pass-7"


def enter(username: str = "member", password: str = PASSWORD, **defaults: str) -> Client:
    client = Client("jia", **defaults)
    client.post("/sign-in/", {"username": username, "password": password})
    return client


def me(client: Client) -> int:
    return client.get("/api/v1/me/").status_code


def factor_secret(cast: Cast, username: str = "member") -> bytes:
    with context.inside(cast.jia):
        factor = Factor.objects.get(user__username=username)
        return unseal(factor.secret, purpose=f"accounts.factor:{factor.user_id}")


def set_up_factor(cast: Cast, client: Client) -> tuple[bytes, list[str]]:
    client.get("/me/factor/")
    secret = factor_secret(cast)
    code = totp.code(secret, totp.step_of(now()))
    page = client.post("/me/factor/", {"code": code, "own_password": PASSWORD})
    return secret, re.findall(r"<code[^>]*>([a-z0-9]{5}-[a-z0-9]{5})</code>", page.content.decode())


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, SHA-1."""
    vectors = {59: "94287082", 1111111109: "07081804", 1234567890: "89005924", 20000000000: "65353130"}
    for seconds, expected in vectors.items():
        assert totp.code(b"12345678901234567890", seconds // 30, digits=8) == expected


@pytest.mark.parametrize("path", ["/me/", "/me/security/", "/me/password/", "/me/factor/", "/me/tokens/"])
def test_own_pages_ask_a_stranger_to_sign_in_and_come_back(cast: Cast, path: str) -> None:
    answer = Client("jia").get(path)
    assert answer["Location"] == f"/sign-in/?next={path}"
    assert enter().get(path).status_code == 200


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(cast: Cast) -> None:
    here, elsewhere = enter(), enter()
    wrong = here.post("/me/password/", {"own_password": "no", "password": NEW, "again": NEW})
    assert "own_password" in wrong.context["form"].errors
    assert me(elsewhere) == 200
    here.post("/me/password/", {"own_password": PASSWORD, "password": NEW, "again": NEW})
    assert (me(here), me(elsewhere)) == (200, 401)
    with context.inside(cast.jia):
        assert Session.objects.filter(user__username="member").count() == 1


def test_the_list_shows_every_device_and_ends_one_or_all_others(cast: Cast) -> None:
    phone = enter(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) MicroMessenger/8", REMOTE_ADDR="192.0.2.5")
    desk = enter(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537")
    third = enter()
    page = desk.get("/me/security/").content.decode()
    assert "安卓 · 微信" in page and "Windows · Chrome" in page and "192.0.2.5" in page
    assert phone.cookies["sessionid"].value not in page
    [handle, _other] = re.findall(r"/me/sessions/(\w+)/end/", page)
    desk.post(f"/me/sessions/{handle}/end/")
    assert sorted([me(phone), me(third)]) == [200, 401]
    desk.post("/me/sessions/end/")
    assert [me(phone), me(third), me(desk)] == [401, 401, 200]


def test_nobody_ends_the_session_of_somebody_else(cast: Cast) -> None:
    mine, theirs = enter("secretary"), enter("member")
    [handle] = re.findall(r"/me/sessions/(\w+)/end/", (enter("member").get("/me/security/")).content.decode())[:1]
    answer = mine.post(f"/me/sessions/{handle}/end/")
    assert answer.status_code == 404
    assert me(theirs) == 200


def test_a_second_factor_is_asked_at_the_next_sign_in_and_each_code_works_once(cast: Cast) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        secret, _codes = set_up_factor(cast, enter())
        clock.shift(timedelta(seconds=60))
        client = enter()
        assert me(client) == 401
        code = totp.code(secret, totp.step_of(now()))
        assert client.post("/sign-in/code/", {"code": code})["Location"] == "/"
        assert me(client) == 200
        second = enter()
        assert second.post("/sign-in/code/", {"code": code}).status_code == 400
        assert me(second) == 401


def test_a_recovery_code_lets_in_once(cast: Cast) -> None:
    _secret, codes = set_up_factor(cast, enter())
    assert len(set(codes)) == 10
    first, second = enter(), enter()
    assert first.post("/sign-in/code/", {"code": codes[0]}).status_code == 302
    assert second.post("/sign-in/code/", {"code": codes[0]}).status_code == 400
    assert second.post("/sign-in/code/", {"code": codes[1].upper()}).status_code == 302


def test_the_secret_and_the_recovery_codes_are_not_in_the_table(cast: Cast) -> None:
    secret, codes = set_up_factor(cast, enter())
    with context.inside(cast.jia):
        row = repr(vars(Factor.objects.get()))
    assert totp.readable(secret).replace(" ", "") not in row
    assert not any(code.replace("-", "") in row for code in codes)


def test_guessing_codes_locks_like_guessing_passwords(cast: Cast) -> None:
    secret, _codes = set_up_factor(cast, enter())
    client = enter()
    for _ in range(5):
        client.post("/sign-in/code/", {"code": "000000"})
    later_code = totp.code(secret, totp.step_of(now()) + 1)
    assert client.post("/sign-in/code/", {"code": later_code}).status_code == 429


def test_a_right_password_alone_does_not_wipe_failed_codes(cast: Cast) -> None:
    set_up_factor(cast, enter())
    for _ in range(5):
        client = enter()
        client.post("/sign-in/code/", {"code": "000000"})
    assert Client("jia").post("/sign-in/", {"username": "member", "password": PASSWORD}).status_code == 429


def test_a_reset_does_not_skip_the_second_factor(cast: Cast) -> None:
    from workspace.accounts import links

    set_up_factor(cast, enter())
    with context.inside(cast.jia):
        path = links.path_for(User.objects.get(username="member"), "reset")
    client = Client("jia")
    client.post(path, {"password": NEW, "again": NEW})
    assert client.post("/sign-in/", {"username": "member", "password": NEW})["Location"] == "/sign-in/code/"
    assert me(client) == 401


def test_the_code_page_is_closed_without_a_password_before_it(cast: Cast) -> None:
    set_up_factor(cast, enter())
    assert Client("jia").get("/sign-in/code/")["Location"] == "/sign-in/"


def test_taking_the_factor_away_needs_the_password(cast: Cast) -> None:
    client = enter()
    set_up_factor(cast, client)
    client.post("/me/factor/remove/", {"own_password": "no"})
    assert me(enter()) == 401
    client.post("/me/factor/remove/", {"own_password": PASSWORD})
    assert me(enter()) == 200


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/me/password/", {"password": NEW, "again": NEW}),
        ("/me/", {"name": "王党员", "email": "thief@x.example", "phone": "", "language": ""}),
    ],
)
def test_the_password_cannot_be_guessed_on_a_browser_left_open(cast: Cast, path: str, more: dict[str, str]) -> None:
    client = enter()
    for number in range(lockout.FAILURES):
        client.post(path, {"own_password": f"guess-{number}"} | more)
    refused = client.post(path, {"own_password": PASSWORD} | more)
    assert "20 分钟" in refused.content.decode()
    with context.inside(cast.jia):
        user = User.objects.get(username="member")
        assert user.check_password(PASSWORD) and user.email is None


def test_a_new_mail_or_phone_needs_the_password_a_new_name_does_not(cast: Cast) -> None:
    client = enter()
    form = {"name": "王大党", "email": "", "phone": "", "language": "", "large_type": ""}
    assert client.post("/me/", form)["Location"] == "/me/"
    refused = client.post("/me/", form | {"email": "thief@x.example"})
    assert "own_password" in refused.context["form"].errors
    assert client.post("/me/", form | {"phone": "138 0000 2222", "own_password": PASSWORD}).status_code == 302
    with context.inside(cast.jia):
        user = User.objects.get(username="member")
    assert (user.name, user.email, user.phone) == ("王大党", None, "13800002222")


def test_a_mail_that_somebody_has_is_refused(cast: Cast) -> None:
    with context.inside(cast.jia):
        User.objects.filter(username="secretary").update(email="li@jia.example")
    form = {"name": "王", "email": "LI@jia.example", "own_password": PASSWORD}
    assert "email" in enter().post("/me/", form).context["form"].errors


def test_the_chosen_language_and_type_size_come_along_at_sign_in(cast: Cast) -> None:
    client = enter()
    client.post("/me/", {"name": "王", "language": "en", "large_type": "on"})
    assert 'lang="en"' in client.get("/me/").content.decode()
    fresh = enter()
    page = fresh.get("/me/").content.decode()
    assert 'lang="en"' in page
    assert 'data-type="large"' in page


def test_a_token_is_made_with_the_password_shown_once_and_revoked(cast: Cast) -> None:
    client = enter("secretary")
    form = {"name": "月报", "scopes": ["members:read"], "days": "90"}
    assert "own_password" in client.post("/me/tokens/", form).context["form"].errors
    page = client.post("/me/tokens/", form | {"own_password": PASSWORD}).content.decode()
    [text] = re.findall(r"tx_[\w-]{43}", page)
    assert text not in client.get("/me/tokens/").content.decode()
    bearer = {"Authorization": f"Bearer {text}"}
    assert Client("jia").get("/api/v1/me/", headers=bearer).status_code == 200
    with context.inside(cast.jia):
        pk = Token.objects.get().pk
    assert enter("member").post(f"/me/tokens/{pk}/revoke/", {"confirmed": "yes"}).status_code == 404
    client.post(f"/me/tokens/{pk}/revoke/", {"confirmed": "yes"})
    assert Client("jia").get("/api/v1/me/", headers=bearer).status_code == 401


def test_an_old_password_must_be_renewed_before_anything_else(cast: Cast) -> None:
    with context.inside(cast.jia):
        User.objects.filter(username="member").update(password_set_at=now() - timedelta(days=91))
    client = enter()
    assert client.get("/members/")["Location"] == "/me/password/"
    assert client.get("/api/v1/me/").status_code == 403
    client.post("/me/password/", {"own_password": PASSWORD, "password": NEW, "again": NEW})
    assert me(client) == 200


def test_an_administrator_must_add_a_factor_once_the_grace_is_over(cast: Cast, settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    with context.inside(cast.jia):
        owner = cast.user("owner").username
    assert me(enter(owner)) == 200
    with context.inside(cast.jia):
        User.objects.filter(username=owner).update(created_at=now() - timedelta(days=8))
    assert enter(owner).get("/members/")["Location"] == "/me/factor/"
    assert me(enter("member")) == 200
