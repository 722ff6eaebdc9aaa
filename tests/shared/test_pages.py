"""The frames, the guide and the pages for faults, on every host."""

import json
import re

import html5lib
import pytest
from django.shortcuts import render
from django.test import RequestFactory
from django.urls import set_urlconf

from shared.confirmation import ask
from tests.support.cast import Client

FRAMES = ["workspace", "console", "public"]
FAULTS = ["400", "403", "403_csrf", "404", "500", "503"]


def problems(html: str) -> list[str]:
    """What no page of ours may hold."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    found = [f"twice: {i}" for i in {i for i in ids if ids.count(i) > 1}]
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("style") or element.tag == "style" or (element.tag == "script" and not element.get("src")):
            found.append(f"inline: {element.tag}")
        found += [f"handler: {name}" for name in element.attrib if name.startswith("on")]
        for name in ("src", "href", "action"):
            value = element.get(name) or ""
            if re.match(r"(https?:)?//", value) and "example.org" not in value:
                found.append(f"elsewhere: {value}")
    if len(page.findall(".//h1")) == 0:
        found.append("no h1")
    if not (page.findtext(".//title") or "").strip(" ·\n"):
        found.append("no title")
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("frame", FRAMES)
def test_the_guide_stands_in_every_frame(client: Client, frame: str) -> None:
    response = client.get(f"/styleguide/?frame={frame}&toast=1")
    assert response.status_code == 200
    # the sheet at its end is a page of its own and brings the second h1
    assert problems(response.content.decode()) == []


@pytest.mark.django_db
def test_a_wrong_form_is_drawn_again_with_its_errors(client: Client) -> None:
    html = client.post("/styleguide/", {}).content.decode()
    assert "error-summary" in html
    assert problems(html) == []


@pytest.mark.django_db
def test_large_type_is_remembered_and_forgotten(client: Client) -> None:
    assert 'data-type="large"' not in client.get("/styleguide/").content.decode()
    assert client.post("/display/type", {"next": "/styleguide/"}).url == "/styleguide/"
    assert 'data-type="large"' in client.get("/styleguide/").content.decode()
    client.post("/display/type", {"next": "/styleguide/"})
    assert 'data-type="large"' not in client.get("/styleguide/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("next_url", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_large_type_never_leads_elsewhere(client: Client, next_url: str) -> None:
    assert client.post("/display/type", {"next": next_url}).url == "/"


@pytest.mark.django_db
def test_english_is_complete_on_the_guide(client: Client) -> None:
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    html = client.get("/styleguide/").content.decode()
    assert 'lang="en"' in html
    assert "Skip to content" in html


@pytest.mark.django_db
def test_the_palette_answers_items_with_pinyin(client: Client) -> None:
    items = json.loads(client.get("/palette.json").content)["items"]
    assert all({"label", "url", "hint", "keys"} <= set(item) for item in items)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_page_stands_without_request_or_database(name: str) -> None:
    set_urlconf("config.urls_public")
    html = render(None, f"{name}.html").content.decode()  # type: ignore[arg-type]
    assert problems(html) == []
    assert "请" in html


def post(**data: str):
    request = RequestFactory().post("/x", data)
    request.workspace = None
    return ask(request, title="解散", message="…", phrase="第一党支部", back="/units/1")


def test_an_act_waits_until_the_phrase_is_typed() -> None:
    asked = post(reason="合并")
    assert asked is not None and asked.status_code == 200
    assert 'name="reason" value="合并"' in asked.content.decode()


def test_a_wrong_phrase_is_asked_again() -> None:
    asked = post(confirmed="第二党支部")
    assert asked is not None and asked.status_code == 422
    assert "aria-invalid" in asked.content.decode()


def test_the_right_phrase_lets_the_act_go_on() -> None:
    assert post(confirmed="第一党支部") is None


def test_a_get_never_confirms() -> None:
    request = RequestFactory().get("/x", {"confirmed": "yes"})
    assert ask(request, title="t", message="m", back="/") is not None
