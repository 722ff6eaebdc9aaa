"""Between the branches of one workspace: what one may do must not reach into the next, whatever keys are sent."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shared.clock import now
from shared.identity.citizen import SYNTHETIC_REGION, check_digit
from tenants import context
from tests.members.people import admit, branch
from tests.support.activities import member, on_record, planned
from tests.support.cast import Cast, Client
from tests.support.jobs import run_jobs
from workspace.access import links
from workspace.access.actions import invitations, joinings
from workspace.access.models import Grant, Invitation, Joining, Role
from workspace.accounts.models import User
from workspace.accounts.tokens import issue
from workspace.activities.models import CheckIn, Participation
from workspace.audit.actions import record
from workspace.audit.models import Entry
from workspace.inbox.models import Message
from workspace.members.models import Member

BODY = SYNTHETIC_REGION + "19850305123"
ROW = f"钱多多,{BODY}{check_digit(BODY)},正式党员,2010.7.1"


def program(cast: Cast, who: str, *scopes: str) -> Client:
    with context.inside(cast.jia):
        _row, text = issue(by=cast.user(who), name="x", scopes=list(scopes), expires_at=None)
    return Client("jia", headers={"Authorization": f"Bearer {text}"})


def sent_in(client: Client, lines: str, **more: object) -> dict:
    text = f"姓名,身份证号,人员类别,入党时间\r\n{lines}\r\n"
    return client.post("/api/v1/imports/", {"file": SimpleUploadedFile("人.csv", text.encode()), **more}).json()


def test_an_import_cannot_name_another_branch_as_its_default(cast: Cast) -> None:
    with context.inside(cast.jia):
        theirs = branch("第二党支部").pk
    secretary = program(cast, "secretary", "members:read", "members:write")
    made = sent_in(secretary, ROW, unit=theirs)
    secretary.post(f"/api/v1/imports/{made['id']}/start/")
    run_jobs()
    with context.inside(cast.jia):
        assert not Member.objects.filter(name="钱多多").exists()


def test_an_import_into_ones_own_branch_by_its_key_still_works(cast: Cast) -> None:
    with context.inside(cast.jia):
        ours = branch().pk
    made = sent_in(program(cast, "secretary", "members:read", "members:write"), ROW, unit=ours)
    assert made["counts"]["new"] == 1


def test_who_lost_a_branch_cannot_take_back_what_was_imported_into_it(cast: Cast) -> None:
    with context.inside(cast.jia):
        ours, theirs = branch().pk, branch("第二党支部")
    secretary = program(cast, "secretary", "members:read", "members:write")
    made = sent_in(secretary, ROW, unit=ours)
    secretary.post(f"/api/v1/imports/{made['id']}/start/")
    run_jobs()
    with context.inside(cast.jia):
        Grant.objects.filter(user=cast.user("secretary")).update(unit=theirs)
    assert secretary.post(f"/api/v1/imports/{made['id']}/undo/").status_code == 403
    with context.inside(cast.jia):
        assert Member.objects.filter(name="钱多多").exists()


@pytest.fixture
def to_the_post(cast: Cast) -> Invitation:
    """The administrator asks somebody in as secretary of the first branch."""
    with context.inside(cast.jia):
        given = {"role": Role.SECRETARY, "expires_at": now() + timedelta(days=7), "by": cast.user("owner")}
        return invitations.invite(branch(), at=now(), **given)


def test_a_secretary_neither_sees_nor_passes_on_the_link_to_a_secretarys_post(
    cast: Cast, to_the_post: Invitation
) -> None:
    client = cast.signed_in("secretary")
    assert client.get(f"/access/invitations/{to_the_post.pk}/").status_code == 404
    assert client.get(f"/access/invitations/{to_the_post.pk}/poster/").status_code == 404
    assert to_the_post.spoken_code not in client.get("/access/invitations/").content.decode()
    assert client.get("/api/v1/invitations/").json()["results"] == []
    assert cast.signed_in("owner").get(f"/access/invitations/{to_the_post.pk}/").status_code == 200


def test_a_secretary_cannot_let_another_secretary_in(cast: Cast, to_the_post: Invitation) -> None:
    with context.inside(cast.jia):
        joined = joinings.join_as(cast.user("stranger"), to_the_post, at=now())
    assert cast.signed_in("secretary").post(f"/access/joinings/{joined.pk}/accept/").status_code == 404
    with context.inside(cast.jia):
        with pytest.raises(joinings.MayNotDecide):
            joinings.accept(joined, by=cast.user("secretary"), at=now())
        assert not Grant.objects.filter(user=cast.user("stranger"), role=Role.SECRETARY).exists()
    run_jobs()
    with context.inside(cast.jia):
        told = User.objects.filter(pk__in=Message.objects.filter(link__contains="joining").values("to"))
        assert list(told) == [cast.user("owner")]
    cast.signed_in("owner").post(f"/access/joinings/{joined.pk}/accept/")
    with context.inside(cast.jia):
        assert Joining.objects.get(pk=joined.pk).state == Joining.State.ACCEPTED


def test_a_link_of_that_invitation_still_opens_for_who_holds_it(cast: Cast, to_the_post: Invitation) -> None:
    with context.inside(cast.jia):
        path = links.path_of(to_the_post)
    assert Client("jia").get(path).status_code == 200


def test_a_talk_between_two_is_not_named_to_who_certifies_hours(cast: Cast) -> None:
    with context.inside(cast.jia):
        talk = on_record(branch(), now().date() - timedelta(days=3), "heart_to_heart")
        type(talk).objects.filter(pk=talk.pk).update(title="与王某谈处分")
    client = cast.signed_in("secretary")
    for path in (
        f"/learning/activities/{talk.pk}/certification/",
        f"/learning/activities/{talk.pk}/certification/undo/",
    ):
        answer = client.post(path, follow=True)
        assert answer.status_code == 404, path
        assert "处分" not in answer.content.decode()


def test_why_somebody_was_away_is_for_the_organisers(cast: Cast) -> None:
    with context.inside(cast.jia):
        held = on_record(branch(), now().date() - timedelta(days=3), "lecture")
        for who, why in (("member", ""), ("secretary", "住院手术")):
            Participation.objects.update_or_create(activity=held, member=member(who), defaults={"reason": why})
    path = f"/activities/{held.pk}/sheet/"
    assert "住院手术" in cast.signed_in("secretary").get(path).content.decode()
    answer = cast.signed_in("member").get(path)
    assert answer.status_code == 200
    assert "住院手术" not in answer.content.decode()


def test_what_stands_in_an_address_is_never_markup(cast: Cast) -> None:
    """A hidden fact is hinted at under its field: six characters are enough to comment out the rest of a page."""
    person = admit(cast, residence="<!--<b>幸福路")
    page = cast.signed_in("secretary").get(f"/members/{person.pk}/edit/").content.decode()
    assert "<!--<b" not in page
    assert "&lt;!--&lt;b" in page


def test_lists_of_dues_and_hours_leave_a_line_when_they_are_taken_away(cast: Cast) -> None:
    with context.inside(cast.jia):
        ours = branch().pk
    client = cast.signed_in("secretary")
    assert client.get(f"/dues/units/{ours}/export/").status_code == 200
    assert client.get("/dues/arrears/?form=csv").status_code == 200
    assert client.get(f"/learning/units/{ours}/?form=csv").status_code == 200
    with context.inside(cast.jia):
        noted = Entry.objects.filter(verb__endswith=".exported").order_by("pk")
        assert [entry.verb for entry in noted] == ["dues.exported", "dues.exported", "study.exported"]


def test_a_branchs_own_administrator_reads_no_news_of_other_branches(cast: Cast) -> None:
    owner = cast.signed_in("owner")
    with context.inside(cast.jia):
        for name in ("第一党支部", "第二党支部"):
            record("unit.changed", of=branch(name), by=None, details={"changes": {}})
        Grant.objects.filter(user=cast.user("stranger")).update(role=Role.ADMIN)
    page = cast.signed_in("stranger").get("/").content.decode()
    assert "修改组织「第二党支部」" in page
    assert "修改组织「第一党支部」" not in page
    assert "修改组织「第一党支部」" in owner.get("/").content.decode()


def test_a_roll_takes_no_keys_but_those_that_stand_on_it(cast: Cast) -> None:
    """A stranger's key marks nobody, and what is no key at all breaks nothing."""
    with context.inside(cast.jia):
        meeting = planned(branch(), start=now() - timedelta(hours=1), by=cast.user("secretary"))
        stranger = member("stranger").pk
    sent = {"present": [stranger, "²", "9" * 5000], "reason-²": "x", f"reason-{stranger}": "x", "note": "点名"}
    assert cast.signed_in("secretary").post(f"/activities/{meeting.pk}/roll/", sent).status_code == 302
    with context.inside(cast.jia):
        assert not CheckIn.objects.filter(activity=meeting).exists()
