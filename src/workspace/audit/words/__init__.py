"""What the record's verbs and kinds of things are called, for people. One file for each part of the product.

A test finds every verb that the code records (tests/audit/test_words.py): a new one wants its words here.
"""

from django.utils.functional import Promise

from workspace.audit.words import (
    accounts,
    appraisal,
    development,
    elections,
    kinds,
    life,
    members,
    organization,
    transfers,
    workspace,
)

# Family → verb → words, in the order of the menu.
FAMILIES: dict[str, dict[str, Promise]] = {
    **accounts.FAMILIES,
    **organization.FAMILIES,
    **members.FAMILIES,
    **development.FAMILIES,
    **transfers.FAMILIES,
    **elections.FAMILIES,
    **appraisal.FAMILIES,
    **life.FAMILIES,
    **workspace.FAMILIES,
}
LABELS: dict[str, Promise] = {
    **accounts.LABELS,
    **organization.LABELS,
    **members.LABELS,
    **development.LABELS,
    **transfers.LABELS,
    **elections.LABELS,
    **appraisal.LABELS,
    **life.LABELS,
    **workspace.LABELS,
}
VERBS: dict[str, Promise] = {verb: words for family in FAMILIES.values() for verb, words in family.items()}
KINDS = kinds.KINDS


def verb_words(verb: str) -> str:
    """The verb in words; a verb of another release, as it is."""
    return str(VERBS.get(verb, verb))


def kind_words(kind: str) -> str:
    """The kind of thing in words."""
    return str(KINDS.get(kind, kind))
