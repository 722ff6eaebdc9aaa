"""Invitations: links, codes, approval, and the last place."""

import re
from datetime import timedelta

import pytest

from shared.clock import now
from tenants import context
from tests.support.cast import PASSWORD, Cast, Client
from tests.support.jobs import run_jobs
from workspace.access import links
from workspace.access.actions import invitations, joinings
from workspace.access.models import Invitation, Joining, Role
from workspace.access.queries import may
from workspace.accounts import lockout
from workspace.accounts.models import User
from workspace.inbox.models import Message
from workspace.members.models import Member
from workspace.organization.models import Unit

NEW = "Joined-today-77"
FORM = {"name": "孙新人", "phone": "138 1111 2222", "email": "", "password": NEW, "again": NEW}


def invite(cast: Cast, by: str = "owner", unit: str = "第一党支部", **more) -> Invitation:
    given = {"role": Role.MEMBER, "needs_approval": False, "expires_at": now() + timedelta(days=7)} | more
    return invitations.invite(Unit.objects.get(name=unit), by=cast.user(by), at=now(), **given)


@pytest.fixture
def path(cast: Cast) -> str:
    with context.inside(cast.jia):
        return links.path_of(invite(cast))


def join(path: str, **changes: str):
    return Client("jia").post(path, FORM | changes)


def test_who_joins_by_an_open_link_is_in_at_once_with_the_role(cast: Cast, path: str) -> None:
    client = Client("jia")
    assert "第一党支部" in client.get(path).content.decode()
    assert client.post(path, FORM)["Location"] == "/"
    assert client.get("/api/v1/me/").json()["name"] == "孙新人"
    with context.inside(cast.jia):
        user = User.objects.get(phone="13811112222")
        assert user.username == "sunxinren"
        assert may(user, "activity.view", Unit.objects.get(name="第一党支部"))
        assert not may(user, "activity.view", Unit.objects.get(name="第二党支部"))


def test_who_joins_is_linked_to_their_line_in_the_register(cast: Cast, path: str) -> None:
    with context.inside(cast.jia):
        line = Member.objects.create(unit=Unit.objects.get(name="第一党支部"), name="孙新人", phone="13811112222")
    join(path)
    run_jobs()
    with context.inside(cast.jia):
        line.refresh_from_db()
        assert line.user is not None and line.user.phone == "13811112222"


def test_with_approval_the_account_opens_when_somebody_has_looked(cast: Cast) -> None:
    with context.inside(cast.jia):
        path = links.path_of(invite(cast, by="secretary", needs_approval=True))
    assert join(path)["Location"] == "/join/done/"
    credentials = {"username": "13811112222", "password": NEW}
    assert Client("jia").post("/sign-in/", credentials).status_code == 403
    run_jobs()
    with context.inside(cast.jia):
        told = set(Message.objects.filter(title__contains="孙新人").values_list("to__name", flat=True))
        asked = Joining.objects.get()
    assert told == {"管理员", "李书记"}
    secretary = cast.signed_in("secretary")
    assert "孙新人" in secretary.get("/access/joinings/").content.decode()
    assert cast.signed_in("stranger").post(f"/access/joinings/{asked.pk}/accept/").status_code == 404
    secretary.post(f"/access/joinings/{asked.pk}/accept/")
    assert Client("jia").post("/sign-in/", credentials).status_code == 302
    with context.inside(cast.jia):
        assert Joining.objects.get().decided_by == cast.user("secretary")
        with pytest.raises(joinings.AlreadyDecided):
            joinings.refuse(Joining.objects.get(), by=cast.user("secretary"), at=now())


def test_a_refused_person_stays_out_and_may_try_again(cast: Cast) -> None:
    with context.inside(cast.jia):
        path = links.path_of(invite(cast, needs_approval=True, max_uses=1))
    join(path)
    with context.inside(cast.jia):
        asked = Joining.objects.get()
    cast.signed_in("owner").post(f"/access/joinings/{asked.pk}/refuse/", {"confirmed": "yes"})
    assert Client("jia").post("/sign-in/", {"username": "sunxinren", "password": NEW}).status_code == 403
    assert join(path)["Location"] == "/join/done/"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": "", "email": ""}, "phone"),
        ({"phone": "12345"}, "phone"),
        ({"name": " "}, "name"),
        ({"password": "sunxinren-A1", "again": "sunxinren-A1"}, "password"),
        ({"again": "other"}, "again"),
    ],
)
def test_what_is_missing_is_said_at_its_field(path: str, changes: dict, field: str) -> None:
    page = join(path, **changes)
    assert page.status_code == 200
    assert field in page.context["form"].errors


def test_a_number_that_is_known_here_is_sent_to_sign_in(cast: Cast, path: str) -> None:
    with context.inside(cast.jia):
        User.objects.filter(username="member").update(phone="13811112222")
    page = join(path)
    assert "请先登录" in str(page.context["form"].non_field_errors())
    client = cast.signed_in("stranger")
    assert "赵外人" in client.get(path).content.decode()
    client.post(path)
    with context.inside(cast.jia):
        assert may(cast.user("stranger"), "activity.view", Unit.objects.get(name="第一党支部"))


def test_expired_withdrawn_and_used_up_links_are_over(cast: Cast) -> None:
    with context.inside(cast.jia):
        expired, withdrawn, full = (invite(cast, max_uses=1) for _ in range(3))
        Invitation.objects.filter(pk=expired.pk).update(expires_at=now() - timedelta(minutes=1))
        invitations.withdraw(withdrawn, by=cast.user("owner"), at=now())
        paths = [links.path_of(one) for one in (expired, withdrawn, full)]
    assert join(paths[2]).status_code == 302
    for path in paths:
        assert Client("jia").get(path).status_code == 410
        assert join(path, phone="13833334444").status_code == 410
    with context.inside(cast.jia):
        assert not User.objects.filter(phone="13833334444").exists()
        with pytest.raises(joinings.InvitationOver):
            joinings.join(full, name="周", phone="13844445555", email=None, password=NEW, at=now())


def test_a_changed_link_is_unknown(path: str) -> None:
    assert Client("jia").get(path.replace("-", "-0", 1)).status_code == 404
    number = int(re.findall(r"/join/(\d+)-", path)[0])
    assert Client("jia").get(path.replace(f"/{number}-", f"/{number + 1}-")).status_code == 404
    assert Client("jia").get("/join/x/").status_code == 404


def test_the_code_of_a_poster_leads_to_the_link_and_guessing_is_slowed(cast: Cast, path: str) -> None:
    with context.inside(cast.jia):
        code = Invitation.objects.get().code
    typed = f" {code[:3].lower()}-{code[3:].lower()} "
    assert Client("jia").post("/join/", {"code": typed})["Location"] == path
    for _ in range(lockout.ADDRESS_FAILURES):
        assert Client("jia").post("/join/", {"code": "ZZZZZZ"}).status_code == 200
    assert Client("jia").post("/join/", {"code": code}).status_code == 429


def test_a_secretary_invites_into_the_own_branch_and_not_another_secretary(cast: Cast) -> None:
    with context.inside(cast.jia):
        invite(cast, by="secretary", role=Role.COMMITTEE)
        with pytest.raises(invitations.RoleTooHigh):
            invite(cast, by="secretary", role=Role.SECRETARY)
        with pytest.raises(invitations.MayNotInvite):
            invite(cast, by="secretary", unit="第二党支部")
        with pytest.raises(invitations.RoleTooHigh):
            invite(cast, role=Role.ADMIN)
        with pytest.raises(invitations.MayNotInvite):
            invite(cast, by="member")
        with pytest.raises(invitations.ExpiryPassed):
            invite(cast, expires_at=now())


def test_an_invitation_is_made_shown_printed_and_withdrawn_on_its_pages(cast: Cast) -> None:
    client = cast.signed_in("secretary")
    with context.inside(cast.jia):
        unit, other = (Unit.objects.get(name=name) for name in ("第一党支部", "第二党支部"))
    form = {"unit": unit.pk, "role": "member", "until": f"{now() + timedelta(days=3):%Y-%m-%d}", "max_uses": "40"}
    assert "unit" in client.post("/access/invitations/new/", form | {"unit": other.pk}).context["form"].errors
    page = client.post("/access/invitations/new/", form)["Location"]
    with context.inside(cast.jia):
        made = Invitation.objects.get()
        url = links.url_of(made)
    assert url.startswith("http://jia.localhost/join/")
    for address in (page, f"{page}poster/"):
        shown = client.get(address).content.decode()
        assert "<svg" in shown and made.spoken_code in shown
        assert "style=" not in shown
    assert url in client.get(page).content.decode()
    assert made.spoken_code in client.get("/access/invitations/").content.decode()
    assert cast.signed_in("stranger").get(page).status_code == 404
    client.post(f"{page}withdraw/", {"confirmed": "yes"})
    assert Client("jia").get(url.removeprefix("http://jia.localhost")).status_code == 410


def test_the_api_lists_makes_and_withdraws(cast: Cast) -> None:
    admin, stranger = cast.signed_in("owner"), cast.signed_in("stranger")
    with context.inside(cast.jia):
        unit, member = Unit.objects.get(name="第一党支部"), cast.user("stranger")
    body = {"unit": unit.pk, "role": "member", "expires_at": (now() + timedelta(days=2)).isoformat()}
    made = admin.post("/api/v1/invitations/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    assert made.json()["standing"] == "open"
    assert stranger.post("/api/v1/invitations/", body, content_type="application/json").status_code == 400
    assert stranger.get("/api/v1/invitations/").json()["results"] == []
    address = f"/api/v1/invitations/{made.json()['id']}/"
    assert stranger.get(address).status_code == 404
    assert admin.delete(address).status_code == 204
    assert admin.get(address).json()["standing"] == "withdrawn"

    given = {"user": member.pk, "role": "committee", "unit": unit.pk}
    answer = admin.post("/api/v1/grants/", given, content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert admin.post("/api/v1/grants/", given, content_type="application/json").json()["code"] == "already_granted"
    assert stranger.get("/api/v1/grants/").json()["results"] == []
    assert admin.delete(f"/api/v1/grants/{answer.json()['id']}/").status_code == 204
    own = next(row for row in admin.get("/api/v1/grants/").json()["results"] if row["role"] == "admin")
    refused = admin.delete(f"/api/v1/grants/{own['id']}/")
    assert (refused.status_code, refused.json()["code"]) == (409, "last_administrator")


def test_a_person_of_the_neighbour_has_no_key_here(cast: Cast) -> None:
    """Even where the neighbour holds an invitation of the same key and code, a link opens only its own."""
    with context.inside(cast.jia):
        ours = invite(cast)
        path = links.path_of(ours)
    with context.inside(cast.yan):
        theirs = Unit.objects.get(name="第一党支部")
        Invitation(pk=ours.pk, unit=theirs, code=ours.code, expires_at=ours.expires_at).save(force_insert=True)
    assert Client("jia").get(path).status_code == 200
    assert Client("yan").get(path).status_code == 404
    assert Client("yan").post(path, FORM).status_code == 404
    with context.inside(cast.yan):
        assert not User.objects.filter(phone="13811112222").exists()


def test_nobody_signs_in_on_somebody_elses_invitation_page(cast: Cast, path: str) -> None:
    """The link to sign in first comes back to the invitation, on this host."""
    page = Client("jia").get(path).content.decode()
    back = re.findall(r'href="(/sign-in/\?next=[^"]+)"', page)[0]
    answer = Client("jia").post(back, {"username": "stranger", "password": PASSWORD})
    assert answer["Location"] == path
