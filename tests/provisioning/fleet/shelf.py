"""Releases to come: the real migrations of one workspace app, and more beside them, as if this code held them."""

import importlib
import shutil
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from provisioning import template
from provisioning.models import Release
from tenants import context, heads, schemas
from tenants.models import Tenant
from tenants.models.tenant import Ring
from workspace.organization.models import Unit
from workspace.voice.models import Topic

APP = "voice"
REAL = Path(settings.ROOT) / "src/workspace/voice/migrations"

_HEAD = """
from django.db import migrations, models
{more}

class Migration(migrations.Migration):
    dependencies = [("voice", "{after}")]
    operations = [
        {operations}
    ]
"""

COLUMN = 'migrations.AddField("topic", "weight", models.IntegerField(null=True)),'
INDEX = 'migrations.AddIndex("topic", models.Index(fields=["weight"], name="topic_by_weight")),'
PYTHON = "migrations.RunPython(fill, migrations.RunPython.noop),"
# Fills the column that COLUMN adds; where a topic is called 坏 it gives up, quoting what it read.
FILL = """

def fill(apps, schema_editor):
    Topic = apps.get_model("voice", "Topic")
    for topic in Topic.objects.all():
        if topic.title == "坏":
            raise ValueError(f"cannot weigh {topic.title}")
        topic.weight = len(topic.title)
        topic.save(update_fields=["weight"])
"""


def migration(*operations: str, after: str = "0001_initial", more: str = "") -> str:
    """The text of a migration of the app."""
    return _HEAD.format(after=after, operations="\n        ".join(operations), more=more)


class Shelf:
    """`stand(**files)` makes this code's release the real one with those migrations added or put in others' place."""

    def __init__(self, folder: Path, wrapper: Settings, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.settings = wrapper
        self.number = 0
        patch.syspath_prepend(str(folder))

    def stand(self, **files: str) -> str:
        """Returns the head."""
        self.number += 1
        package = f"next_{self.folder.name}_{self.number}".replace("-", "_")
        shutil.copytree(REAL, self.folder / package / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
        (self.folder / package / "__init__.py").touch()
        for name, text in files.items():
            (self.folder / package / "migrations" / f"{name.removeprefix('_')}.py").write_text(text)
        importlib.invalidate_caches()
        self.settings.MIGRATION_MODULES = {APP: f"{package}.migrations"}
        self._forget()
        return template.head()

    def back(self) -> str:
        """The real release stands again."""
        self.settings.MIGRATION_MODULES = {}
        self._forget()
        return template.head()

    def close(self) -> None:
        self.back()
        for name in [name for name in sys.modules if name.startswith("next_")]:
            del sys.modules[name]

    @staticmethod
    def _forget() -> None:
        template.forget()
        heads.forget()


def bare(slug: str, *, ring: Ring = Ring.ALL, state: str = Tenant.State.ACTIVE) -> Tenant:
    """A workspace on this code's release with tables and nobody in them."""
    release: Release = template.release()
    tenant = Tenant.objects.create(slug=slug, name=f"{slug}单位", state=state, ring=ring, migration_head=release.head)
    schemas.create(tenant.schema_name)
    with context.inside(tenant):
        template.replay(release)
    return tenant


def topic(title: str) -> None:
    """One row of the app, in the workspace in force."""
    at = timezone.now()
    Topic.objects.create(kind="idea", title=title, asked_at=at, due=at.date(), unit=Unit.objects.get(depth=1))
    # As the commit would: a row whose keys are not checked yet keeps its table from being altered.
    connection.check_constraints()
