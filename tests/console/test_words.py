"""What the console calls things."""

import pytest

from console import words


@pytest.mark.parametrize(
    ("name", "said"),
    [("platform", "系统"), ("command line", "命令行"), ("sign-up 2", "自行开通"), ("operator", "operator")],
)
def test_what_no_person_did_is_said_in_words(name: str, said: str) -> None:
    assert words.actor(name) == said
