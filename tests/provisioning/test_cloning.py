"""A clone has the people and the content of the original, and no way in that was the original's."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from provisioning import cloning, restoring
from provisioning.models import Restoring
from shared.clock import now
from tenants import context, schemas
from tenants.models import Domain, Tenant
from tests.portability.conftest import fill
from tests.provisioning import fingerprint
from tests.provisioning.test_restoring import Killed, again, break_at
from tests.support.cast import PASSWORD, Cast, Client
from workspace import portability
from workspace.access import links as invitations
from workspace.access.models import Invitation
from workspace.accounts import links, tokens, totp
from workspace.accounts.actions import factor
from workspace.accounts.models import Factor, Session, Token
from workspace.accounts.sealing import unseal
from workspace.activities.actions import feeds
from workspace.activities.models import Activity, CalendarFeed
from workspace.activities.queries import codes
from workspace.audit.models import Entry
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.portability.moving import is_moved

STEPS = ["schema", "tables", "content", "proof", "files", "domain", "activate"]


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ARCHIVES_ROOT = tmp_path / "archives"


@pytest.fixture
def copied(cast: Cast) -> Tenant:
    """jia's clone, at jia-copy."""
    fill(cast.jia)
    return clone(cast.jia).tenant


def clone(source: Tenant) -> Restoring:
    return restoring.run(cloning.ask(source, slug="jia-copy", name="甲二", by="tests"))


def tables(tenant: Tenant) -> dict[str, str]:
    """Digests of what does not differ by right."""
    with context.inside(tenant):
        said = portability.digest()
    held = {name.partition("/")[2].removesuffix(".jsonl"): entry.sha256 for name, entry in said.entries.items()}
    return {name: digest for name, digest in held.items() if not is_moved(name) and name != "audit_entry"}


def test_the_clone_holds_the_same(cast: Cast, copied: Tenant) -> None:
    assert tables(copied) == tables(cast.jia)
    assert fingerprint.parts(copied) == fingerprint.parts(cast.jia)
    assert (copied.state, copied.slug, copied.name) == ("active", "jia-copy", "甲二")
    assert copied.uuid != cast.jia.uuid
    assert copied.schema_name != cast.jia.schema_name
    assert Domain.objects.get(tenant=copied).domain == "jia-copy"
    assert bytes(copied.sealed_key) != bytes(cast.jia.sealed_key)


def test_the_original_is_untouched(cast: Cast) -> None:
    fill(cast.jia)
    with context.inside(cast.jia):
        before = portability.digest().content
    clone(cast.jia)
    with context.inside(cast.jia):
        assert portability.digest().content == before
    assert Tenant.objects.get(slug="jia").state == "active"


def test_people_sign_in_with_the_password_they_have(cast: Cast, copied: Tenant) -> None:
    answer = Client("jia-copy").post("/sign-in/", {"username": "secretary", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_what_is_written_in_one_is_not_in_the_other(cast: Cast, copied: Tenant) -> None:
    with context.inside(copied):
        Unit.objects.filter(depth=1).update(name="只在副本里")
    with context.inside(cast.jia):
        assert not Unit.objects.filter(name="只在副本里").exists()


def test_a_session_of_the_original_is_nobodys_in_the_clone(cast: Cast) -> None:
    client = cast.signed_in("owner")
    assert client.get("/").status_code == 200
    fill(cast.jia)
    copied = clone(cast.jia).tenant
    elsewhere = Client("jia-copy")
    elsewhere.cookies = client.cookies
    assert "/sign-in/" in elsewhere.get("/")["Location"]
    with context.inside(copied):
        assert not Session.objects.exists()
    # Even a row copied by hand signs nobody in.
    with context.inside(cast.jia):
        row = Session.objects.get(user=Cast.user("owner"))
    with context.inside(copied):
        row.save(force_insert=True)
    assert "/sign-in/" in elsewhere.get("/")["Location"]


def test_a_token_of_the_original_opens_nothing(cast: Cast) -> None:
    with context.inside(cast.jia):
        _row, text = tokens.issue(by=Cast.user("owner"), name="x", scopes=["units:read"], expires_at=None)
    copied = clone(cast.jia).tenant
    header = {"HTTP_AUTHORIZATION": f"Bearer {text}"}
    assert Client("jia").get("/api/v1/units/", **header).status_code == 200
    assert Client("jia-copy").get("/api/v1/units/", **header).status_code == 401
    with context.inside(copied):
        assert not Token.objects.exists()


@pytest.mark.parametrize("purpose", ["reset", "activate"])
def test_a_link_of_the_original_is_bad(cast: Cast, purpose: str) -> None:
    with context.inside(cast.jia):
        text = links.path_for(Cast.user("member"), purpose).strip("/").split("/")[1]
        assert links.open_link(text, purpose).state == "good"
    with context.inside(clone(cast.jia).tenant):
        assert links.open_link(text, purpose).state == "bad"


def test_an_invitation_of_the_original_lets_nobody_in_by_link_or_code(cast: Cast) -> None:
    fill(cast.jia)
    with context.inside(cast.jia):
        invitation = Invitation.objects.open(now()).get()
        path = invitations.path_of(invitation)
    copied = clone(cast.jia).tenant
    assert Client("jia").get(path).status_code == 200
    assert Client("jia-copy").get(path).status_code == 404
    with context.inside(copied):
        assert not Invitation.objects.open(now()).exists()
    assert Client("jia").post("/join/", {"code": invitation.code}).status_code == 302
    assert "口令不正确" in Client("jia-copy").post("/join/", {"code": invitation.code}).content.decode()


def test_a_calendar_address_of_the_original_leads_nowhere(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner = Cast.user("owner")
        CalendarFeed.objects.filter(user=owner).delete()
        secret = feeds.give_address(owner)
    copied = clone(cast.jia).tenant
    assert Client("jia").get(f"/activities/calendar/{secret}.ics").status_code == 200
    assert Client("jia-copy").get(f"/activities/calendar/{secret}.ics").status_code == 404
    with context.inside(copied):
        assert not CalendarFeed.objects.exists()


def test_a_code_on_the_originals_screen_is_none_in_the_clone(cast: Cast, copied: Tenant) -> None:
    at = now()
    with context.inside(cast.jia):
        activity = Activity.objects.order_by("pk").first()
        shown, spoken = codes.qr_code(activity, at=at), codes.spoken_code(activity, at=at)
        assert codes.accepts(activity, shown, at=at)
    with context.inside(copied):
        same = Activity.objects.get(pk=activity.pk)
        assert not codes.accepts(same, shown, at=at)
        assert not codes.accepts_spoken(same, spoken, at=at)


def test_the_second_factor_comes_along_sealed_anew(cast: Cast) -> None:
    at = now()
    with context.inside(cast.jia):
        owner = Cast.user("owner")
        secret = factor.offer(owner).secret
        recovery = factor.confirm(owner, typed=totp.code(secret, totp.step_of(at)), at=at)
        sealed = Factor.objects.get(user=owner).secret
    row = clone(cast.jia)
    with context.inside(row.tenant):
        copied = Factor.objects.get(user__username=owner.username)
        assert copied.secret != sealed
        assert unseal(copied.secret, purpose=f"accounts.factor:{copied.user_id}") == secret
        assert copied.recovery == [] != recovery
    assert row.notes["accounts_factor.resealed"] == 1
    client = Client("jia-copy")
    asked = client.post("/sign-in/", {"username": owner.username, "password": PASSWORD})
    assert asked["Location"].startswith("/sign-in/code/")
    assert client.post("/sign-in/code/", {"code": recovery[0]}).status_code != 302
    following = totp.code(secret, totp.step_of(at + timedelta(seconds=30)))
    assert client.post("/sign-in/code/", {"code": following})["Location"] == "/"


def test_a_factor_that_cannot_be_opened_is_left_behind_and_counted(cast: Cast) -> None:
    with context.inside(cast.jia):
        Factor.objects.create(user=Cast.user("member"), secret="bm90IHNlYWxlZCBoZXJl", confirmed_at=now())
    row = clone(cast.jia)
    assert row.notes["accounts_factor.unreadable"] == 1
    with context.inside(row.tenant):
        assert not Factor.objects.exists()


def test_the_clones_own_archive_is_not_the_originals(cast: Cast, copied: Tenant, tmp_path: Path) -> None:
    with context.inside(copied):
        portability.export(tmp_path / "copy.zip", at=now())
    with pytest.raises(portability.ArchiveRefused):
        portability.check(tmp_path / "copy.zip", of=cast.jia.workspace)
    assert portability.check(tmp_path / "copy.zip", of=copied.workspace)


def test_its_record_says_where_it_comes_from(cast: Cast, copied: Tenant) -> None:
    with context.inside(copied):
        assert Entry.objects.get(verb="workspace.cloned").details["source"] == "jia"
        Member.objects.first()


@pytest.mark.parametrize("after", [False, True], ids=["before its work", "after its work"])
@pytest.mark.parametrize("name", STEPS)
def test_a_clone_broken_at_a_step_resumes_to_the_same(
    cast: Cast, name: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(cast.jia, months=0)
    row = cloning.ask(cast.jia, slug="jia-copy", name="甲二", by="tests")
    with monkeypatch.context() as breaking:
        break_at(breaking, name, after=after)
        with pytest.raises(Killed):
            restoring.run(row)
    assert Tenant.objects.get(slug="jia-copy").state == "failed"
    assert Client("jia-copy").get("/sign-in/").status_code in {404, 503}
    done = again(row)
    assert (done.error, done.tenant.state) == ("", "active")
    assert tables(done.tenant) == tables(cast.jia)
    assert [step.name for step in done.steps.order_by("pk")] == STEPS


def test_a_workspace_whose_content_is_gone_cannot_be_cloned(cast: Cast) -> None:
    schemas.drop(cast.jia.schema_name)
    with pytest.raises(cloning.NothingToClone):
        cloning.ask(cast.jia, slug="jia-copy", name="甲二", by="tests")
