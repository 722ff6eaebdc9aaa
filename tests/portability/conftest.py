"""A workspace with something of everything in it, an archive of it, and an empty schema to put it back into."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection

from provisioning import template
from shared.clock import now, today
from tenants import context, schemas
from tenants.models import Tenant
from tenants.names import new_schema_name
from tests.support import year
from tests.support.cast import Cast
from tests.support.committing import committed, opened
from workspace import portability
from workspace.access.actions.invitations import invite
from workspace.accounts import tokens
from workspace.accounts.actions import factor
from workspace.activities.models import CalendarFeed
from workspace.members.models import Batch, Member, Row
from workspace.organization.models import Unit
from workspace.portability import uploads
from workspace.voice.models import Reply, Topic

# What breaks careless formats: quotes, escapes, line ends, the end-of-data mark, controls, what a spreadsheet computes.
TEXTS = [
    *('"', "'", "\\", "\\N", "\\.", "a\nb\r\nc", "\x01\x02\x1b", "=1+1", "@x", "\u202e"),
    *("𠮷野家 👩‍👩‍👧", "", " ", "{}", "null", "a,b;c\td"),
]


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ARCHIVES_ROOT = tmp_path / "archives"


@pytest.fixture
def full(cast: Cast) -> Tenant:
    """jia after some months of work."""
    fill(cast.jia)
    return cast.jia


def fill(tenant: Tenant, *, months: int = 4) -> None:
    with context.inside(tenant) as workspace:
        root = Unit.objects.get(depth=1)
        if months:
            branches = year.grow(root, general=1, branches=2, members=5)
            year.live(root, branches, on=today(), months=months)
        owner = Cast.user("owner")
        for number, text in enumerate(TEXTS):
            Topic.objects.create(
                kind="question", title=f"{number}", text=text, by=owner, unit=root, asked_at=now(), due=today()
            )
        Reply.objects.create(topic=Topic.objects.latest("pk"), text="答", by=owner, at=now(), is_answer=True)
        Member.objects.filter(name="王党员").update(left_note="\\", residence='"=1+1')
        tokens.issue(by=owner, name="备份", scopes=["units:read"], expires_at=None)
        factor.offer(owner)
        CalendarFeed.objects.create(user=owner, digest="0" * 64)
        invite(root, by=owner, at=now(), role="member", expires_at=now() + timedelta(days=3))
        batch = Batch.objects.create(
            file_name="a.xlsx", by_name="甲", source=bytes(range(256)), state=Batch.State.REVIEW
        )
        Row.objects.create(batch=batch, number=2, cells=["张三", 1.5, None, True], verdict=Row.Verdict.NEW)
        folder = uploads.folder(workspace.uuid)
        (folder / "2026").mkdir(parents=True)
        (folder / "2026" / "会议 照片.jpg").write_bytes(bytes(range(256)) * 2_000)
        (folder / "空.txt").write_bytes(b"")
        # As a commit would: pending checks keep tables from being dropped.
        connection.check_constraints()


@pytest.fixture
def seen(transactional_db: None) -> Iterator[Tenant]:
    """A workspace that other connections see."""
    with committed():
        yield opened("seen")


@pytest.fixture
def archive(full: Tenant, tmp_path: Path) -> Path:
    path = tmp_path / "jia.zip"
    with context.inside(full):
        portability.export(path, at=now())
    return path


@pytest.fixture
def empty(cast: Cast) -> str:
    """A schema with this release's tables and nothing in them."""
    return make_empty()


def make_empty() -> str:
    release = template.release()
    name = new_schema_name()
    schemas.create(name)
    with context.entered(context.of_schema(name)):
        template.replay(release)
    return name


@pytest.fixture
def inside_empty(full: Tenant, empty: str) -> Iterator[None]:
    """As jia, in the empty schema."""
    with context.entered(context.of_schema(empty), full.workspace):
        yield
