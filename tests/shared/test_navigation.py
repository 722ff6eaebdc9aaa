"""Navigation shows what exists here and what the person may see."""

from collections.abc import Iterator

import pytest
from django.test import RequestFactory

from shared import navigation

AREA = "somewhere"


@pytest.fixture(autouse=True)
def _entries() -> Iterator[None]:
    yield
    for key in [key for key in navigation._entries if key[0] == AREA]:
        del navigation._entries[key]


def add(name: str, url_name: str = "palette", **more: object) -> None:
    navigation.register(area=AREA, name=name, label=name, icon="home", url_name=url_name, **more)  # type: ignore[arg-type]


def request(path: str = "/", **attributes: object):
    made = RequestFactory().get(path)
    for name, value in attributes.items():
        setattr(made, name, value)
    return made


def names(made) -> list[str]:
    return [item.entry.name for item in navigation.items(AREA, made)]


def test_entries_stand_in_their_order() -> None:
    add("late", order=20)
    add("early", order=10)
    assert names(request()) == ["early", "late"]


def test_an_entry_that_needs_a_verb_is_hidden_without_it() -> None:
    add("secret", needs="members.view")
    assert names(request()) == []
    assert names(request(may=lambda verb: False)) == []
    assert names(request(may=lambda verb: verb == "members.view")) == ["secret"]


def test_an_entry_without_an_address_on_this_host_is_left_out() -> None:
    add("elsewhere", url_name="nowhere:at-all")
    assert names(request()) == []


def test_the_longest_matching_address_is_current() -> None:
    add("palette", url_name="palette")
    add("type", url_name="large_type")
    current = [item.entry.name for item in navigation.items(AREA, request("/display/type")) if item.current]
    assert current == ["type"]


def test_a_group_stands_once_where_its_first_item_does() -> None:
    add("a", order=1, group="党员")
    add("b", order=2, group="组织")
    add("c", order=3, group="党员")
    found = navigation.groups(navigation.items(AREA, request()))
    assert [(name, [i.entry.name for i in items]) for name, items in found] == [("党员", ["a", "c"]), ("组织", ["b"])]


def test_a_tab_says_the_short_label_where_there_is_one() -> None:
    add("long", order=10, short="short")
    add("plain", order=20)
    assert [item.short for item in navigation.items(AREA, request())] == ["short", "plain"]
