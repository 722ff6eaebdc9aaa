"""Laying out: a spare gets the rows of one sign-up before its last button, and of nobody else's."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from provisioning import image, laying, pool
from provisioning.models import Opening, Signup, Spare
from shared.clock import now, today
from tenants import context, schemas
from tests.provisioning import fingerprint
from tests.provisioning.arrival import agreed_version, answer_until, post
from tests.support.cast import Cast, Client
from workspace.accounts.models import User
from workspace.organization.models import Unit


@pytest.fixture
def filled(cast: Cast, settings) -> Cast:
    settings.WARM_POOL = 3
    pool.fill()
    image.prepare(on=today())
    return cast


@pytest.fixture
def visitor(filled: Cast) -> Client:
    """Somebody with the last screen before them."""
    client = Client()
    answer_until(client, "notice")
    return client


def opened(client: Client) -> Opening:
    assert post(client, "confirm").headers["Location"] == "/sign-up/progress/"
    return Opening.objects.select_related("tenant").latest("pk")


def laid_out() -> Spare:
    return Spare.objects.exclude(laid_out="").get()


def test_the_last_screen_finds_its_workspace_laid_out_and_the_button_takes_that_one(visitor: Client) -> None:
    spare = laid_out()
    assert pool.ready() == 2
    made = opened(visitor)
    assert (made.tenant.schema_name, made.tenant.uuid) == (spare.schema_name, spare.uuid)
    assert pool.ready() == 2
    with context.inside(made.tenant):
        assert Unit.objects.get(depth=1).name.startswith("江城市实验中学")
        admin = User.objects.get()
        assert (admin.name, admin.phone) == ("周敏", "13812341234")  # sealed for it, and opened with its key


def test_it_is_the_same_as_one_that_the_button_furnished(visitor: Client) -> None:
    early = opened(visitor).tenant
    other = Client()
    answer_until(other, "notice", address={"slug": "another-school"})
    Spare.objects.exclude(laid_out="").delete()
    late = opened(other).tenant
    assert early.schema_name != late.schema_name
    assert fingerprint.parts(early) == fingerprint.parts(late)
    assert fingerprint.rows(early) == fingerprint.rows(late)


def test_the_button_writes_nothing_into_the_workspace_any_more(visitor: Client) -> None:
    with CaptureQueriesContext(connection) as said:
        assert post(visitor, "confirm").status_code == 302
    said_of = {table for table in ("organization_unit", "accounts_user", "access_grant", "audit_entry")
               for one in said.captured_queries if table in one["sql"]}  # fmt: skip
    assert said_of == set()


def test_whoever_changes_an_answer_gets_what_they_say_now(visitor: Client) -> None:
    spare = laid_out()
    assert post(visitor, "name", name="江城市第二中学").status_code == 302
    made = opened(visitor)
    assert made.tenant.schema_name != spare.schema_name
    with context.inside(made.tenant):
        assert Unit.objects.get(depth=1).name.startswith("江城市第二中学")


def test_agreeing_twice_lays_out_one(visitor: Client) -> None:
    before = laid_out().pk
    assert post(visitor, "notice", agreed="on", version=agreed_version()).status_code == 302
    assert laid_out().pk == before


def test_the_spare_of_one_sign_up_is_given_to_no_other(visitor: Client) -> None:
    mine = laid_out()
    Spare.objects.filter(laid_out="").delete()
    other = Client()
    answer_until(other, "notice", address={"slug": "another-school"})
    assert post(other, "confirm").status_code == 302
    assert Opening.objects.latest("pk").tenant.schema_name != mine.schema_name  # the worker opens it
    assert pool.take(laying.ticket(Signup.objects.get(slug="another-school"))) is None


def test_rows_of_yesterday_are_not_opened_with(visitor: Client) -> None:
    spare = laid_out()
    with time_machine.travel(now() + timedelta(days=1)):
        image.prepare(on=today())
        assert opened(visitor).tenant.schema_name != spare.schema_name


def test_those_who_go_leave_nothing(visitor: Client) -> None:
    spare = laid_out()
    assert visitor.post("/sign-up/start-over/").status_code == 302
    assert pool.recycle() == 1
    assert not schemas.exists(spare.schema_name)


def test_who_reads_the_last_screen_for_hours_loses_the_spare_and_can_still_open(visitor: Client) -> None:
    spare = laid_out()
    assert pool.recycle() == 0
    Spare.objects.update(laid_at=now() - pool.LAID_OUT_FOR - timedelta(minutes=1))
    assert pool.recycle() == 1
    assert not schemas.exists(spare.schema_name)
    assert opened(visitor).tenant.state == "active"


def test_a_crowd_that_never_presses_does_not_take_the_pool(visitor: Client, settings) -> None:
    settings.WARM_POOL = 1
    other = Client()
    answer_until(other, "notice", address={"slug": "another-school"})
    assert Spare.objects.exclude(laid_out="").count() == 1
    assert pool.ready() == 2


def test_where_it_fails_the_visitor_notices_nothing(filled: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise DatabaseError("no room")

    client = Client()
    answer_until(client, "address")
    with monkeypatch.context() as patch:
        patch.setattr(laying, "furnish", fails)
        assert post(client, "notice", agreed="on", version=agreed_version()).status_code == 302
    assert pool.ready() == 3
    assert opened(client).tenant.state == "active"


def test_no_host_leads_to_what_is_laid_out(visitor: Client) -> None:
    slug = Signup.objects.get().slug
    assert Client(slug).get("/sign-in/").status_code == 404
