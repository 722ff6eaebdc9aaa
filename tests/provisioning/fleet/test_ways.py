"""From one release to the next: what is rendered, what must run in each workspace, and what is refused."""

import pytest
from django.db import connection

from provisioning import template
from provisioning.fleet import refusals
from provisioning.fleet.runner import Runner
from provisioning.fleet.runs import begin
from provisioning.fleet.ways import Ways
from provisioning.models import FleetRun, FleetTurn, Release, Upgrade
from tenants import context
from tenants.models import Tenant
from tenants.models.tenant import Ring
from tests.provisioning import fingerprint
from tests.provisioning.fleet import conftest
from tests.provisioning.fleet.shelf import COLUMN, FILL, INDEX, PYTHON, REAL, Shelf, bare, migration, topic
from tests.support.cast import Cast


@pytest.fixture(autouse=True)
def _rendered_anew() -> None:
    """Here the rendering of ways is looked at. A release is told by its texts: one is as good as another."""
    for key in [key for key in conftest._kept if isinstance(key, tuple)]:
        del conftest._kept[key]


def upgrade(head: str) -> Upgrade:
    return Ways(template.release()).of(head)


def roll_out(budget: float = 0) -> FleetRun:
    run = begin(through=Ring.ALL, error_budget=budget, by="tests")
    Runner(run).work()
    return run


def test_a_column_and_an_index_are_rendered_as_two_statements(cast: Cast, shelf: Shelf) -> None:
    shelf.stand(_0002_weight=migration(COLUMN, INDEX))
    way = upgrade(cast.jia.migration_head)
    assert way.python == []
    assert way.migrations == [("voice", "0002_weight")]
    assert [statement.split()[:2] for statement in way.statements] == [["ALTER", "TABLE"], ["CREATE", "INDEX"]]
    assert not any("t_" in statement for statement in way.statements)


def test_rendering_leaves_no_schema_and_no_role(cast: Cast, shelf: Shelf) -> None:
    shelf.stand(_0002_weight=migration(COLUMN))
    upgrade(cast.jia.migration_head)
    known = set(Tenant.objects.values_list("schema_name", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^t_[0-9a-f]{16}$'")
        assert {row[0] for row in cursor.fetchall()} == known


def test_a_way_is_rendered_once(cast: Cast, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.stand(_0002_weight=migration(COLUMN))
    first = upgrade(cast.jia.migration_head)
    monkeypatch.setattr(template, "scratch", lambda: pytest.fail("rendered again"))
    assert upgrade(cast.jia.migration_head) == first


def test_an_upgraded_workspace_is_made_like_a_fresh_one(cast: Cast, shelf: Shelf) -> None:
    head = shelf.stand(_0002_weight=migration(COLUMN), _0003_index=migration(INDEX, after="0002_weight"))
    before = fingerprint.rows(cast.jia)
    roll_out()
    fresh = bare("fresh")
    for tenant in (cast.jia, cast.yan):
        tenant.refresh_from_db()
        assert tenant.migration_head == head
        assert fingerprint.parts(tenant) == fingerprint.parts(fresh)
    after = fingerprint.rows(cast.jia)
    assert after.pop("django_migrations") == before.pop("django_migrations") + 2
    assert after == before


def test_two_workspaces_never_get_one_value_of_a_callable_default(cast: Cast, shelf: Shelf) -> None:
    for tenant in (cast.jia, cast.yan):
        with context.inside(tenant):
            topic("一")
    shelf.stand(
        _0002_key=migration(
            'migrations.AddField("topic", "key", models.UUIDField(default=uuid.uuid4)),', more="import uuid"
        )
    )
    roll_out()
    assert _column(cast.jia, "key") != _column(cast.yan, "key")


def test_python_migrates_the_rows_of_each_workspace(cast: Cast, shelf: Shelf) -> None:
    for tenant, title in ((cast.jia, "一二三"), (cast.yan, "一")):
        with context.inside(tenant):
            topic(title)
    shelf.stand(
        _0002_weight=migration(COLUMN),
        _0003_fill=migration(PYTHON, after="0002_weight", more=FILL),
        _0004_index=migration(INDEX, after="0003_fill"),
    )
    roll_out()
    assert (_column(cast.jia, "weight"), _column(cast.yan, "weight")) == ([3], [1])
    assert fingerprint.parts(cast.jia) == fingerprint.parts(bare("fresh"))


def test_rows_that_one_migration_wrote_are_checked_before_the_next_alters_their_table(cast: Cast, shelf: Shelf) -> None:
    with context.inside(cast.jia):
        topic("一")
    answer = "INSERT INTO voice_reply (text, at, is_answer, topic_id) SELECT 'x', now(), false, id FROM voice_topic"
    shelf.stand(
        _0002_answer=migration(f'migrations.RunSQL("{answer}"),'),
        _0003_mood=migration(
            'migrations.AddField("reply", "mood", models.IntegerField(null=True)),', after="0002_answer"
        ),
    )
    assert roll_out().state == FleetRun.State.DONE
    assert fingerprint.rows(cast.jia)["voice_reply"] == 1


def test_another_text_with_the_same_result_is_only_noted(cast: Cast, shelf: Shelf) -> None:
    real = (REAL / "0001_initial.py").read_text()
    head = shelf.stand(_0001_initial=f"# said better\n{real}")
    way = upgrade(cast.jia.migration_head)
    assert (way.statements, way.migrations, way.python) == ([], [], [])
    roll_out()
    cast.jia.refresh_from_db()
    assert cast.jia.migration_head == head


@pytest.mark.parametrize("more", [{}, {"_0002_weight": migration(COLUMN)}], ids=["alone", "with a new one"])
def test_an_applied_migration_that_was_edited_is_refused_by_name(
    cast: Cast, shelf: Shelf, more: dict[str, str]
) -> None:
    real = (REAL / "0001_initial.py").read_text()
    shelf.stand(_0001_initial=real.replace("max_length=120", "max_length=60"), **more)
    with pytest.raises(refusals.Edited) as refusal:
        upgrade(cast.jia.migration_head)
    assert "voice.0001_initial" in str(refusal.value)
    assert not Upgrade.objects.exists()


def test_an_edit_is_found_in_a_release_that_kept_no_texts_too(cast: Cast, shelf: Shelf) -> None:
    Release.objects.update(sources={})
    real = (REAL / "0001_initial.py").read_text()
    shelf.stand(_0001_initial=real.replace("max_length=120", "max_length=60"))
    with pytest.raises(refusals.Edited):
        upgrade(cast.jia.migration_head)
    shelf.stand(_0002_weight=migration(COLUMN))
    assert upgrade(cast.jia.migration_head).migrations == [("voice", "0002_weight")]


def test_an_older_code_refuses_to_go_back(cast: Cast, shelf: Shelf) -> None:
    newer = shelf.stand(_0002_weight=migration(COLUMN))
    template.release()
    shelf.back()
    with pytest.raises(refusals.AheadOfUs) as refusal:
        upgrade(newer)
    assert "voice.0002_weight" in str(refusal.value)


def test_an_applied_migration_that_is_gone_is_refused(cast: Cast, shelf: Shelf) -> None:
    before = shelf.stand(_0002_weight=migration(COLUMN))
    template.release()
    shelf.stand(_0002_other=migration(COLUMN))
    with pytest.raises(refusals.Vanished) as refusal:
        upgrade(before)
    assert "voice.0002_weight" in str(refusal.value)


def test_a_version_that_nobody_rendered_is_refused(cast: Cast, shelf: Shelf) -> None:
    with pytest.raises(refusals.UnknownOrigin):
        upgrade("f" * 64)


def test_a_migration_that_cannot_be_undone_as_a_whole_is_refused(cast: Cast, shelf: Shelf) -> None:
    text = migration(COLUMN).replace("    dependencies", "    atomic = False\n    dependencies")
    shelf.stand(_0002_weight=text)
    with pytest.raises(refusals.NotAtomic):
        upgrade(cast.jia.migration_head)


def test_a_refused_way_fails_the_turns_and_touches_nothing(cast: Cast, shelf: Shelf) -> None:
    real = (REAL / "0001_initial.py").read_text()
    before = fingerprint.parts(cast.jia)
    shelf.stand(_0001_initial=real.replace("max_length=120", "max_length=60"))
    run = roll_out()
    assert run.state == FleetRun.State.STOPPED
    assert "voice.0001_initial" in FleetTurn.objects.filter(run=run, state="failed").first().error
    assert fingerprint.parts(cast.jia) == before
    assert Tenant.objects.get(pk=cast.jia.pk).migration_head == cast.jia.migration_head


def _column(tenant: Tenant, name: str) -> list[object]:
    with context.inside(tenant), connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM voice_topic ORDER BY id")
        return [row[0] for row in cursor.fetchall()]
