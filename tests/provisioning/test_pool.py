"""The warm pool: ready schemas, each taken once, made anew by a release, and indistinguishable from a cold opening."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from provisioning import image, opening, pool, template
from provisioning.models import Opening, Release, SeedImage, Spare
from shared.clock import now, today
from tenants import context, schemas
from tenants.models import Tenant, TenantEvent
from tests.provisioning import fingerprint
from tests.support.cast import Cast, Client
from workspace.accounts.models import User
from workspace.organization.models import Unit


def asked(slug: str, **more: object) -> opening.Asked:
    return {
        "name": "江城市中学",
        "slug": slug,
        "kind": "university",
        "admin_name": "周敏",
        "admin_email": "zhou@school.example",
        "by": "tests",
        **more,
    }  # type: ignore[typeddict-item]


@pytest.fixture
def filled(cast: Cast) -> Cast:
    pool.fill(2)
    image.prepare(on=today())
    return cast


def test_a_warm_workspace_is_the_same_as_a_cold_one(filled: Cast) -> None:
    warm = opening.open_now(**asked("warm-one"))
    Spare.objects.all().delete()
    cold = opening.run(opening.reserve(**asked("cold-one")))
    assert warm
    assert warm.is_warm
    assert not cold.is_warm
    assert fingerprint.parts(warm.tenant) == fingerprint.parts(cold.tenant)
    assert fingerprint.rows(warm.tenant) == fingerprint.rows(cold.tenant)
    edges = [list(t.events.order_by("pk").values_list("origin", "destination")) for t in (warm.tenant, cold.tenant)]
    assert edges[0] == edges[1]
    assert warm.tenant.migration_head == cold.tenant.migration_head == template.head()


def test_a_warm_workspace_answers_at_once_and_its_administrator_can_come_in(filled: Cast) -> None:
    made = opening.open_now(**asked("warm-one"))
    assert made
    assert Client("warm-one").get("/sign-in/").status_code == 200
    link = opening.activation_url(made)
    assert Client("warm-one").get(link.removeprefix("http://warm-one.localhost")).status_code == 200
    with context.inside(made.tenant):
        assert Unit.objects.get(depth=1).name == "江城市中学党委"
        assert User.objects.get().name == "周敏"
        # Numbers go on behind those of the image.
        assert Unit.objects.add_child(Unit.objects.get(depth=1), instance=Unit(name="新支部")).pk > 4


def test_an_empty_pool_opens_nothing_and_says_so(cast: Cast) -> None:
    assert opening.open_now(**asked("warm-one")) is None
    assert not Tenant.objects.filter(slug="warm-one").exists()


def test_without_todays_seeds_the_pool_is_left_alone(cast: Cast) -> None:
    pool.fill(1)
    assert opening.open_now(**asked("warm-one", kind="no-such-kind")) is None
    assert pool.ready() == 1


def test_a_slug_that_is_taken_gives_the_spare_back(filled: Cast) -> None:
    with pytest.raises(opening.SlugTaken), transaction.atomic():
        opening.open_now(**asked("jia"))
    assert pool.ready() == 2


def test_what_goes_wrong_later_in_the_request_gives_the_spare_back(filled: Cast) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        opening.open_now(**asked("warm-one"))
        1 / 0  # noqa: B018
    assert pool.ready() == 2
    assert not Opening.objects.filter(tenant__slug="warm-one").exists()


def test_a_spare_holds_no_row_of_anybody(filled: Cast) -> None:
    spare = Spare.objects.all()[0]
    with context.entered(context.of_schema(spare.schema_name)), connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r'",
                       [spare.schema_name])  # fmt: skip
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            assert cursor.fetchone()[0] == 0 or table == "django_migrations", table


def test_no_image_holds_a_person_or_an_organisation(filled: Cast) -> None:
    for made in SeedImage.objects.all():
        assert "accounts_user" not in made.statements
        assert "access_grant" not in made.statements
    assert set(SeedImage.objects.values_list("day", flat=True)) == {today()}


def test_preparing_again_makes_nothing_and_forgets_yesterday(filled: Cast) -> None:
    SeedImage.objects.create(head=template.head(), kind="hospital", day=today() - timedelta(days=1), statements="x")
    assert image.prepare(on=today()) == 0
    assert not SeedImage.objects.filter(day__lt=today()).exists()


def test_filling_a_full_pool_makes_none(filled: Cast) -> None:
    assert pool.fill(2) == 0
    assert Spare.objects.count() == 2


def test_a_release_makes_spares_stale_and_they_are_dropped(filled: Cast) -> None:
    stale = Spare.objects.all()[0]
    Spare.objects.filter(pk=stale.pk).update(head="an older release")
    assert pool.recycle() == 1
    assert pool.ready() == 1
    assert not schemas.exists(stale.schema_name)
    assert pool.fill(2) == 1


def test_a_stale_spare_is_never_given_out(filled: Cast) -> None:
    Spare.objects.update(head="an older release")
    assert opening.open_now(**asked("warm-one")) is None


def test_filling_that_was_cut_is_continued(cast: Cast) -> None:
    assert pool._begin(3) == 3  # roles and schemas stand, tables do not
    assert pool.ready() == 0
    assert pool.fill(2) == 3  # what was begun is finished, not thrown away
    assert {schemas.tables(spare.schema_name) for spare in Spare.objects.all()} == {template.release().tables}


def test_the_tables_of_a_spare_stand_whole_or_not_at_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = template.release()
    broken = Release(head=made.head, statements=[*made.statements, "SELECT 1/0"], migrations=[], tables=0)
    with monkeypatch.context() as patch:
        patch.setattr(template, "release", lambda: broken)
        with pytest.raises(Exception, match="division by zero"), transaction.atomic():
            pool.fill(1)
    assert pool.ready() == 0
    assert pool.fill(1) == 1


def test_a_cold_opening_takes_a_spare_where_there_is_one(filled: Cast) -> None:
    before = set(Spare.objects.values_list("schema_name", flat=True))
    row = opening.run(opening.reserve(**asked("late-one")))
    assert row.tenant.schema_name in before
    assert pool.ready() == 1


def test_a_sign_up_takes_a_fixed_number_of_statements(filled: Cast, django_assert_max_num_queries) -> None:
    opening.open_now(**asked("warm-zero"))  # the first of a process reads the image
    with django_assert_max_num_queries(5), context.control():
        opening.open_now(**asked("warm-one"))


def test_the_events_of_a_warm_opening_are_those_of_the_lifecycle(filled: Cast) -> None:
    made = opening.open_now(**asked("warm-one"))
    assert made
    path = TenantEvent.objects.filter(tenant=made.tenant).order_by("pk").values_list("destination", flat=True)
    assert list(path) == ["verified", "provisioning", "active"]


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Real connections and commits."""

    @pytest.fixture(autouse=True)
    def _committed(self, committed: None) -> None:
        pool.fill(20)
        image.prepare(on=today())

    def test_of_twenty_at_once_each_gets_a_schema_of_its_own(self) -> None:
        made: list[object] = []

        def sign_up(number: int) -> None:
            with context.control():
                found = opening.open_now(**asked(f"at-once-{number}"))
            made.append(found and found.tenant.schema_name)
            connection.close()

        threads = [threading.Thread(target=sign_up, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert None not in made
        assert len(set(made)) == 20
        assert pool.ready() == 0
        assert {t.state for t in Tenant.objects.filter(slug__startswith="at-once-")} == {Tenant.State.ACTIVE}

    def test_of_twenty_who_want_one_slug_one_gets_it_and_no_spare_is_lost(self) -> None:
        outcomes: list[object] = []

        def sign_up(_number: int) -> None:
            try:
                with context.control():
                    outcomes.append(opening.open_now(**asked("contested-one")))
            except opening.SlugTaken:
                outcomes.append("taken")
            connection.close()

        threads = [threading.Thread(target=sign_up, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes.count("taken") == 19
        assert pool.ready() == 19
        assert Opening.objects.filter(tenant__slug="contested-one", finished_at__lte=now()).count() == 1
