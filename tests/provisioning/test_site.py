"""The pages of the public site."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import override_settings

from provisioning import changelog
from shared.mail import MailboxBackend
from tests.support.cast import Cast, Client

PAGES = [
    "/",
    "/six/",
    "/questions/",
    "/notices/privacy/",
    "/notices/terms/",
    "/notices/zero-cost/",
    "/changelog/",
    "/status/",
    "/find/",
    "/find/sent/",
    "/sign-up/name/",
    "/mailbox/",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_answers_in_both_languages(cast: Cast, path: str, language: str) -> None:
    response = Client().get(path, headers={"Accept-Language": language})
    page = response.content.decode()
    assert response.status_code == 200
    assert f'lang="{language}"' in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_no_page_names_another_site(cast: Cast, path: str) -> None:
    page = Client().get(path).content.decode()
    assert "https://" not in page
    assert "<script>" not in page
    assert "style=" not in page


def test_unknown_notices_and_screens_are_not_found(cast: Cast) -> None:
    for path in ("/notices/price/", "/sign-up/price/", "/mailbox/../../etc/passwd/", "/mailbox/..%2F..%2Fx/"):
        assert Client().get(path).status_code == 404


def test_the_status_page_measures_the_database_and_the_queue(cast: Cast) -> None:
    page = Client().get("/status/").content.decode()
    assert "毫秒" in page
    # No worker runs in the suite, and the page does not pretend.
    assert "没有运行" in page


def test_a_database_that_is_gone_is_said_and_not_hidden(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def gone() -> None:
        raise OperationalError

    monkeypatch.setattr("shared.queue.state", gone)
    response = Client().get("/status/")
    assert response.status_code == 503
    assert "数据库暂时连不上" in response.content.decode()


def test_the_mailbox_shows_the_newest_mail_first(cast: Cast, tmp_path: Path) -> None:
    with override_settings(MAILBOX=tmp_path):
        for subject in ("第一封", "第二封 <b>"):
            MailboxBackend().send_messages([EmailMessage(subject, "看 http://jia.localhost/x/", "a@b.cn", ["c@d.cn"])])
        page = Client().get("/mailbox/").content.decode()
        assert page.index("第二封 &lt;b&gt;") < page.index("第一封")
        name = max(tmp_path.glob("*.eml")).stem
        one = Client().get(f"/mailbox/{name}/").content.decode()
        assert 'href="http://jia.localhost/x/"' in one


@pytest.mark.parametrize("off", [{"MAILBOX": None}, {"STYLEGUIDE": False}])
def test_a_server_has_no_mailbox(cast: Cast, off: dict[str, object]) -> None:
    with override_settings(**off):
        assert Client().get("/mailbox/").status_code == 404
        assert Client().get("/mailbox/20260101T000000000000-abcdef/").status_code == 404


def test_production_switches_the_mailbox_off() -> None:
    text = (settings.ROOT / "src/config/settings/production.py").read_text()
    assert "\nMAILBOX = None\n" in text
    assert "\nSTYLEGUIDE = False\n" in text


def test_no_workspace_has_the_public_pages(cast: Cast) -> None:
    for path in ("/mailbox/", "/sign-up/name/", "/status/"):
        assert Client("jia").get(path).status_code == 404


def test_the_changelog_is_read_release_by_release(tmp_path: Path) -> None:
    file = tmp_path / "CHANGELOG.md"
    file.write_text("# Changes\n\n## 0.2.0 — 2026-12-01\n\n### New\n- one\n  more\n- two\n\n## 0.1.0\n- first\n")
    newest, oldest = changelog.read(file)
    assert (newest.version, newest.on) == ("0.2.0", "2026-12-01")
    assert (newest.parts[0].heading, newest.parts[0].points) == ("New", ["one more", "two"])
    assert (oldest.version, oldest.on, oldest.parts[0].points) == ("0.1.0", "", ["first"])
    assert changelog.read(tmp_path / "none.md") == []


@pytest.mark.parametrize("path", PAGES)
def test_the_browser_may_connect_to_no_other_site(cast: Cast, path: str) -> None:
    policy = Client().get(path).headers["Content-Security-Policy"]
    sources = {word for part in policy.split(";") for word in part.split()[1:]}
    assert sources <= {"'self'", "'none'", "data:"}
    assert "default-src 'self'" in policy


def test_the_projects_changelog_is_read_whole() -> None:
    found = changelog.read(settings.ROOT / "CHANGELOG.md")
    assert found[-1].version == "0.1.0"
    assert {[part.heading for part in version.parts][-1] for version in found} == {"English"}
