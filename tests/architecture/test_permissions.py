"""The catalogue of permissions is what the sources ask for: no more and no less."""

import ast

import pytest
from django.utils import translation

from shared import permissions
from shared.permissions import OFFICE_OF, Duty, Permission
from tests.architecture.sources import python_files
from tests.architecture.verbs import asked, literals, verbs_in
from workspace.access.models import Role

CATALOGUE = list(permissions.catalogue())
DECLARED = {one.verb for one in CATALOGUE}


def test_every_verb_that_is_asked_for_is_declared() -> None:
    undeclared = {verb: sorted(files) for verb, files in asked().items() if verb not in DECLARED}
    assert undeclared == {}, "declare each in the `permissions.py` of its app"


def test_every_declared_verb_is_asked_for() -> None:
    said = set(asked())
    # A constant may be asked for in another file than its own.
    for path in python_files("src/workspace"):
        if path.name != "permissions.py":
            said |= literals(path)
    assert DECLARED - said == set(), "nothing asks for these: drop them"


def test_an_unknown_verb_is_an_error() -> None:
    with pytest.raises(KeyError):
        permissions.permission("member.veiw")


def test_a_verb_belongs_to_one_app() -> None:
    with pytest.raises(ValueError, match="is declared by organization"):
        permissions.declare("voice", CATALOGUE[0].label, Permission("unit.view", CATALOGUE[0].label))


@pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.verb)
def test_every_permission_is_told_in_both_languages_and_held_by_roles_that_exist(one: Permission) -> None:
    assert one.holders <= set(Role.values)
    assert "admin" in one.holders
    with translation.override("en"):
        assert str(one.label).isascii(), "complete the English catalogue (make messages)"
    with translation.override("zh-hans"):
        assert not str(one.label).isascii()


@pytest.mark.parametrize("office", OFFICE_OF.values())
def test_none_of_the_three_administrators_holds_any_party_work(office: str) -> None:
    duties = {permissions.permission(verb).duty for verb in permissions.verbs_of_role(office)}
    assert duties and Duty.BUSINESS not in duties


def test_only_one_of_the_three_changes_who_may_do_what_and_only_another_keeps_accounts() -> None:
    assert permissions.permission("access.grant").holders == {"admin", "security"}
    assert permissions.permission("access.role").holders == {"admin", "security"}
    assert permissions.permission("access.account").holders == {"admin", "system"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("may(user, 'member.view', unit)", {"member.view"}),
        ("request.may('member.view')", {"member.view"}),
        ("unit_for(user, 1, to='unit.change')", {"unit.change"}),
        ("sheets_for(user, 'dues.view')", {"dues.view"}),
        ("VERB = 'voice.answer'\nunits_where(user, VERB)", {"voice.answer"}),
        ("def f(user, *, verb='activity.view'): ...", {"activity.view"}),
        ("register(needs='access.grant')", {"access.grant"}),
        ("record('member.changed', of=member, by=user)", set()),
        ("entries.filter(verb='member.changed')", set()),
    ],
)
def test_what_a_piece_of_code_asks_for_is_read_from_its_text(text: str, expected: set[str]) -> None:
    assert set(verbs_in(ast.parse(text))) == expected
