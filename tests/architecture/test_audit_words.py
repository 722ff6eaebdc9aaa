"""Whatever is written into the record can be read there in words, in both languages."""

from django.apps import apps
from django.utils import translation

from tests.audit import verbs
from workspace.audit.actions import _RESULTS
from workspace.audit.words import FAMILIES, KINDS, LABELS, VERBS

# The console's own record has words of its own.
_OPERATORS = {"operator.created"}


def test_every_verb_of_the_record_has_its_words() -> None:
    found, _unread = verbs.found()
    assert found - set(VERBS) - _OPERATORS == set(), "give them words in src/workspace/audit/words/"


def test_no_words_outlive_their_verb() -> None:
    found, _unread = verbs.found()
    assert set(VERBS) - found == set()


def test_a_verb_that_is_no_literal_is_listed_by_hand() -> None:
    _found, unread = verbs.found()
    assert unread == set(verbs.MADE), "list their verbs in tests/audit/verbs.py"


def test_every_family_has_a_name_and_no_verb_stands_in_two() -> None:
    assert set(LABELS) == set(FAMILIES)
    assert sum(len(family) for family in FAMILIES.values()) == len(VERBS)


def test_every_kind_is_a_model_of_a_workspace() -> None:
    for kind in KINDS:
        assert apps.get_model(kind)._meta.label_lower == kind


def test_the_words_are_there_in_english() -> None:
    chinese = {**VERBS, **KINDS, **LABELS}
    with translation.override("en"):
        assert [key for key, words in chinese.items() if any(letter >= "\u4e00" for letter in str(words))] == []


def test_what_failed_is_a_verb() -> None:
    assert set(_RESULTS) <= set(VERBS)
