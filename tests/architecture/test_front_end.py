"""Front-end promises that reading the sources can keep."""

import gzip
import json
import re

import pytest

from tests.architecture.sources import ROOT

ASSETS = ROOT / "src/shared/assets"
BUILT = ROOT / "src/shared/static/built"
FIRST_VIEW_KB = 70  # of the 150 that ux.md allows: what is loaded on every page should leave room


def templates():
    for folder in ("src", "provisioning"):
        yield from (ROOT / folder).rglob("templates/**/*.html")


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    listed = set((ASSETS / "icons.txt").read_text().split("\n"))
    named = re.compile(r"""(?:{% icon |icon=|action_icon=)["']([a-z0-9-]+)["']""")
    missing = [f"{p.name}: {n}" for p in templates() for n in named.findall(p.read_text()) if n not in listed]
    assert missing == []


def test_every_icon_registered_for_navigation_is_in_the_sprite() -> None:
    from shared import navigation

    listed = set((ASSETS / "icons.txt").read_text().split("\n"))
    assert [entry for entry in navigation._entries.values() if entry.icon not in listed] == []


def test_no_template_holds_inline_style_script_or_handler() -> None:
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", re.I)
    found = [p.relative_to(ROOT).as_posix() for p in templates() if inline.search(p.read_text())]
    assert found == []


def test_the_lock_of_packages_names_no_download_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert not name or package.get("integrity"), name


def test_what_every_page_loads_is_small() -> None:
    from django_htmx import __file__ as django_htmx

    htmx = ROOT.joinpath(django_htmx).parent / "static/django_htmx/htmx-2.min.js"
    if not (BUILT / "app.css").exists():
        pytest.skip("the front end is not built: make setup")
    files = [BUILT / "app.css", BUILT / "app.js", htmx]
    total = sum(len(gzip.compress(file.read_bytes())) for file in files) / 1000
    assert total <= FIRST_VIEW_KB, f"{total:.1f} kB gzipped"
