"""What a line of the record says to a reader who may not read people's names: 张* for whom it is about."""

from typing import Any

from shared.identity import mask_name
from workspace.audit.models import Entry

# Labels that name nobody of the register, or only an account: who acted is what an auditor must know.
AS_IT_IS = frozenset(
    {
        *("accounts.user", "accounts.token", "access.grant", "access.ownrole", "access.invitation", "access.joining"),
        *("access.consent", "organization.unit", "members.batch", "activities.activity", "activities.obligation"),
        *("activities.calendarfeed", "archives.archive"),
    }
)
# kind → what follows the person's name in the label. Of any other kind a reader without names sees the key.
_NAME_FIRST = {
    "members.member": "",
    "development.case": "",
    "transfers.transfer": "：",
    "transfers.absence": " · ",
    "dues.basis": " · ",
    "dues.payment": " · ",
}
_NAME_LAST = {"learning.studyrecord": " · "}
# Parts of the details that hold a person's name, of whatever kind; `name` does where the line is about a person.
_NAMES = frozenset({"member", "person_name", "contact"})
# Texts that somebody typed to find a person, or in which persons are voted on.
_TYPED = frozenset({"q", "words", "motion"})


def label_without_names(entry: Entry) -> str:
    """What the thing was called, as far as that names nobody."""
    if entry.kind in AS_IT_IS:
        return entry.label
    if entry.kind in _NAME_FIRST:
        name = _person(entry)
        return mask_name(name) + entry.label[len(name) :]
    return f"#{entry.thing}"


def details_without_names(entry: Entry) -> dict[str, Any]:
    """The details with every name in them masked, and whom the line is about also within texts."""
    names = _NAMES if entry.kind in AS_IT_IS else _NAMES | {"name"}
    return {key: _cleared(value, key, names, _person(entry)) for key, value in entry.details.items()}


def _person(entry: Entry) -> str:
    """Whom the line is about, from its label; empty where it is about no person."""
    if entry.kind in _NAME_LAST:
        return entry.label.rpartition(_NAME_LAST[entry.kind])[2]
    mark = _NAME_FIRST.get(entry.kind)
    if mark is None:
        return ""
    return entry.label.partition(mark)[0] if mark else entry.label


def _cleared(value: Any, key: str, names: frozenset[str], person: str) -> Any:
    if isinstance(value, dict):
        return {part: _cleared(one, part, names, person) for part, one in value.items()}
    if isinstance(value, list):
        return [_cleared(one, key, names, person) for one in value]
    if not isinstance(value, str) or not value:
        return value
    if key in names:
        return mask_name(value)
    if key in _TYPED:
        return "***"
    return value.replace(person, mask_name(person)) if person else value
