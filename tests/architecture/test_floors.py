"""What import-linter cannot see: foreign keys by string, and task names."""

import re
import tomllib
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

from shared import queue
from tests.architecture.sources import ROOT, python_files


def floors() -> list[set[str]]:
    """The workspace's floors, top first, as pyproject.toml's import contract names them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c.get("containers") == ["workspace"])
    return [set(re.findall(r"\w+", layer)) for layer in layers]


def test_no_foreign_key_points_up_or_sideways() -> None:
    height = {label: -index for index, floor in enumerate(floors()) for label in floor}
    for model in apps.get_models():
        label = model._meta.app_label
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey | ManyToManyField | OneToOneField) or label not in height:
                continue
            other = field.related_model._meta.app_label
            assert other in height, f"{model.__name__}.{field.name} leaves the workspace"
            assert other == label or height[other] < height[label], f"{model.__name__}.{field.name} points up"


def test_no_workspace_model_points_to_the_control_schema_and_none_back() -> None:
    from django.conf import settings

    workspace = {c.label for c in apps.get_app_configs() if c.name in settings.TENANT_APPS}
    control = {c.label for c in apps.get_app_configs() if c.name in settings.SHARED_APPS} - workspace
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey):
                ends = {model._meta.app_label, field.related_model._meta.app_label}
                assert not (ends & workspace and ends & control), f"{model.__name__}.{field.name}"


def test_every_task_that_is_asked_for_exists() -> None:
    asked = set()
    for path in python_files("src", "tenants", "provisioning"):
        asked |= set(re.findall(r"""\blater\(\s*["']([\w.]+)["']""", path.read_text()))
    assert asked - set(queue.registry) == set()


def test_every_package_stands_in_the_floor_plan() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    named = set(re.findall(r"\w+", " ".join(contracts[0]["layers"])))
    there = {p.parent.name for base in (ROOT, ROOT / "src") for p in Path(base).glob("*/__init__.py")} - {"tests"}
    assert there - {"benchmarks"} <= named
