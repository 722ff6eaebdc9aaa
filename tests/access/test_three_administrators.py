"""System, security and audit administrator: three people, none of them with party work."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shared.clock import today
from tenants import context
from tests.access.people import SINCE, UNTIL, branch, person, root, three
from tests.support.cast import PASSWORD, Cast, Client
from workspace.access.actions import grants, offices, people
from workspace.access.actions.last import LastAdministrator
from workspace.access.models import OFFICES, Grant, Role
from workspace.access.queries import may, verbs_of
from workspace.access.queries.offices import are_apart
from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.inbox.models import Message


def apart(cast: Cast) -> dict:
    chosen = three()
    offices.put_apart(chosen, by=cast.user("owner"))
    return chosen


@pytest.mark.parametrize("other", ["security", "auditor"])
def test_the_database_lets_nobody_hold_two_of_the_offices(cast: Cast, other: str) -> None:
    with context.inside(cast.jia):
        one = person("one")
        Grant.objects.create(user=one, role=Role.SYSTEM, unit=root())
        with pytest.raises(IntegrityError, match="one_office_each"), transaction.atomic():
            Grant.objects.create(user=one, role=other, unit=root())


def test_the_database_lets_nobody_grant_to_themselves(cast: Cast) -> None:
    with context.inside(cast.jia):
        one = person("one")
        with pytest.raises(IntegrityError, match="nobody_grants_to_self"), transaction.atomic():
            Grant.objects.create(user=one, role=Role.MEMBER, unit=branch(), granted_by=one)


def test_a_small_workspace_has_one_administrator_of_everything(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner = cast.user("owner")
        assert not are_apart()
        assert all(may(owner, verb, root()) for verb in ("access.grant", "access.account", "member.view"))
        with pytest.raises(offices.NotApart):
            grants.grant(person("one"), Role.SECURITY, root(), by=owner)
        # An audit administrator alone is a second pair of eyes, and needs no more.
        grants.grant(person("eyes"), Role.AUDITOR, root(), by=owner)


def test_apart_nobody_holds_everything_and_each_office_only_its_duty(cast: Cast) -> None:
    with context.inside(cast.jia):
        chosen = apart(cast)
        assert are_apart() and not Grant.objects.filter(role=Role.ADMIN).exists()
        assert verbs_of(chosen["security"]) == {"access.grant", "access.role", "access.review"}
        assert verbs_of(chosen["system"]) == {"access.account", "access.review"}
        assert {"member.view", "dues.view", "unit.view"}.isdisjoint(verbs_of(chosen["auditor"]))
        owner = Grant.objects.get(role=Role.MANAGER).user
        assert may(owner, "member.change", root())
        assert not any(may(owner, verb) for verb in ("access.grant", "access.account", "access.role"))
        assert Entry.objects.filter(verb="access.duties_put_apart").count() == 1


def test_apart_nobody_becomes_administrator_of_everything_again(cast: Cast) -> None:
    with context.inside(cast.jia):
        chosen = apart(cast)
        with pytest.raises(offices.NoAllPowerful):
            grants.grant(cast.user("member"), Role.ADMIN, root(), by=chosen["security"])


def test_the_security_administrator_gives_what_they_do_not_hold_but_never_to_themselves(cast: Cast) -> None:
    with context.inside(cast.jia):
        chosen = apart(cast)
        given = grants.grant(cast.user("member"), Role.SECRETARY, branch(), by=chosen["security"])
        assert given.pk
        with pytest.raises(grants.NotToYourself):
            grants.grant(chosen["security"], Role.MEMBER, branch(), by=chosen["security"])
        with pytest.raises(grants.MayNotGrant):
            grants.grant(cast.user("member"), Role.COMMITTEE, branch(), by=chosen["system"])


def test_an_office_goes_with_no_other_and_with_no_administration_of_party_work(cast: Cast) -> None:
    with context.inside(cast.jia):
        chosen = apart(cast)
        for user, role in ((chosen["system"], Role.AUDITOR), (chosen["auditor"], Role.MANAGER)):
            with pytest.raises(offices.DutiesApart):
                grants.grant(user, role, root(), by=chosen["security"])
        with pytest.raises(offices.OfficeOnTheRootOnly):
            grants.grant(cast.user("member"), Role.AUDITOR, branch(), by=chosen["security"])


def test_an_office_has_no_end_so_that_it_cannot_lapse(cast: Cast) -> None:
    with context.inside(cast.jia):
        chosen = apart(cast)
        with pytest.raises(grants.OfficeWithoutEnd):
            grants.grant(cast.user("member"), Role.AUDITOR, root(), by=chosen["security"], until=UNTIL)


def test_the_last_of_an_office_stays_until_there_is_another(cast: Cast) -> None:
    with context.inside(cast.jia):
        chosen = apart(cast)
        audit = Grant.objects.get(role=Role.AUDITOR)
        with pytest.raises(LastAdministrator, match="审计管理员"):
            grants.revoke(audit, by=chosen["security"])
        with pytest.raises(LastAdministrator):
            people.close_account(chosen["security"], by=chosen["system"])
        grants.grant(person("second"), Role.AUDITOR, root(), by=chosen["security"])
        grants.revoke(audit, by=chosen["security"])


def test_three_different_people_who_can_sign_in_and_are_not_oneself(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner, chosen = cast.user("owner"), three()
        for wrong in (
            {**chosen, "auditor": chosen["system"]},
            {**chosen, "auditor": owner},
        ):
            with pytest.raises(offices.ThreeOthers):
                offices.put_apart(wrong, by=owner)
        with pytest.raises(offices.OnlyTheWhole):
            offices.put_apart(chosen, by=cast.user("secretary"))
        assert not are_apart()


def test_the_security_administrator_puts_them_together_by_naming_another(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner = cast.user("owner")
        chosen = apart(cast)
        with pytest.raises(offices.OnlyTheWhole):
            offices.put_together(owner, by=chosen["system"])
        with pytest.raises(offices.OnlyTheWhole):
            offices.put_together(chosen["security"], by=chosen["security"])
        offices.put_together(owner, by=chosen["security"])
        assert may(owner, "access.grant", root()) and not verbs_of(chosen["security"])
        assert Grant.objects.filter(role=Role.AUDITOR).exists()
        assert Message.objects.filter(title__contains="已停用三员分立").exists()


def lent_of(source: Grant, user: User) -> Grant:
    return Grant.objects.create(
        user=user, role=source.role, unit=source.unit, delegated_from=source, since=SINCE, until=UNTIL
    )


def revoked() -> set[str]:
    return {*Entry.objects.filter(verb="access.revoked").values_list("thing", flat=True)}


def test_an_administrator_who_manages_already_is_put_apart_with_what_was_lent_on_the_record(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner, member = cast.user("owner"), cast.user("member")
        powerful = Grant.objects.get(user=owner, role=Role.ADMIN)
        lent = lent_of(powerful, member)
        Grant.objects.create(user=owner, role=Role.MANAGER, unit=root())
        offices.put_apart(three(), by=owner)
        assert Grant.objects.filter(user=owner).count() == 1
        assert not Grant.objects.filter(user=member, role__in=(Role.ADMIN, Role.MANAGER)).exists()
        assert revoked() == {str(powerful.pk), str(lent.pk)}


def test_a_business_administration_that_is_over_does_not_cost_the_administrator_theirs(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner = cast.user("owner")
        Grant.objects.create(user=owner, role=Role.MANAGER, unit=root(), until=today() - timedelta(days=1))
        apart(cast)
        assert may(owner, "member.change", root())


def test_an_audit_administrator_who_takes_another_office_lays_the_old_one_down_on_the_record(cast: Cast) -> None:
    with context.inside(cast.jia):
        chosen = three()
        office = Grant.objects.create(user=chosen["system"], role=Role.AUDITOR, unit=root())
        lent = lent_of(office, chosen["security"])
        offices.put_apart(chosen, by=cast.user("owner"))
        assert revoked() == {str(office.pk), str(lent.pk)}
        assert {grant.role: grant.user for grant in Grant.objects.filter(role__in=OFFICES)} == chosen


def test_together_again_what_was_lent_of_the_offices_ends_once_on_the_record(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner, chosen = cast.user("owner"), apart(cast)
        ending = [*Grant.objects.filter(role__in=(Role.SYSTEM, Role.SECURITY)).order_by("pk")]
        ending += [lent_of(office, person(f"for-{office.role}")) for office in list(ending)]
        keys = {str(one.pk) for one in ending}
        offices.put_together(owner, by=chosen["security"])
        told = Entry.objects.filter(verb="access.revoked")
        assert sorted(told.values_list("thing", flat=True)) == sorted(keys)
        assert all(entry.details["unit"] == root().pk for entry in told)


def test_together_again_nobody_becomes_administrator_whose_role_ends(cast: Cast) -> None:
    with context.inside(cast.jia):
        owner, chosen = cast.user("owner"), apart(cast)
        Grant.objects.filter(user=owner, role=Role.MANAGER).update(until=UNTIL)
        with pytest.raises(offices.OnlyForGood):
            offices.put_together(owner, by=chosen["security"])
        assert are_apart()


def test_the_page_guides_through_it(cast: Cast) -> None:
    admin = cast.signed_in("owner")
    assert "需要另外三位" not in admin.get("/access/separation/").content.decode()
    with context.inside(cast.jia):
        chosen = {office: user.pk for office, user in three().items()}
    asked = admin.post("/access/separation/", chosen)
    assert "都改为业务管理员" in asked.content.decode()
    admin.post("/access/separation/", {**chosen, "confirmed": "启用三员分立"})
    with context.inside(cast.jia):
        assert are_apart()
    # The administrator of before is out of it at the next request; the business goes on.
    assert admin.get("/access/people/").status_code == 404
    assert admin.get("/members/").status_code == 200
    security = Client("jia")
    security.post("/sign-in/", {"username": "security1", "password": PASSWORD})
    assert security.get("/access/people/").status_code == 200
    assert security.get("/members/").status_code == 403
    page = security.get("/access/separation/").content.decode()
    assert "已启用三员分立" in page and "由谁担任单位管理员" in page


def test_programs_read_and_change_it_too(cast: Cast) -> None:
    admin = cast.signed_in("owner")
    assert admin.get("/api/v1/duties/").json() == {"apart": False, "offices": {}}
    with context.inside(cast.jia):
        chosen = {office: user.pk for office, user in three().items()}
    assert cast.signed_in("secretary").post("/api/v1/duties/", chosen, "application/json").status_code == 404
    assert admin.post("/api/v1/duties/", chosen, "application/json").status_code == 204
    with context.inside(cast.jia):
        assert are_apart()
