"""English catalogues: bring them up to date with the sources, and compile them."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser

from shared import catalogues


def our_apps() -> list[Path]:
    """The folders of our own apps."""
    root = Path(catalogues.__file__).resolve().parents[2]
    paths = (Path(config.path).resolve() for config in apps.get_app_configs())
    return [path for path in paths if path.is_relative_to(root) and ".venv" not in path.parts]


class Command(BaseCommand):
    help = "Update and compile the English message catalogues of every app."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--compile", action="store_true", help="only compile")
        parser.add_argument("apps", nargs="*", help="app labels; all of ours when none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        for app in our_apps():
            if options["apps"] and app.name not in options["apps"]:
                continue
            if not options["compile"]:
                missing = catalogues.update(app)
                for text in missing:
                    self.stdout.write(f"{app.name}: no English for {text!r}")
            catalogues.compile_to_mo(app)
