"""Who a row speaks of: the same person in another row, or a member already registered."""

from workspace.members.importing.drafts import Draft
from workspace.members.importing.existing import ExistingMember, Lookup
from workspace.members.importing.problems import Problem, error

Key = tuple[str, ...]


def keys_of(row: Draft) -> list[Key]:
    """What two rows of one person have in common: the number, or name and birth date."""
    keys: list[Key] = []
    if number := row.text("citizen_number"):
        keys.append(("number", number))
    if (name := row.text("name")) and (born := row.day("birth_date")):
        keys.append(("person", name, born.isoformat()))
    return keys


def recognised(row: Draft, existing: Lookup) -> tuple[ExistingMember | None, list[Problem]]:
    """The registered member a row speaks of, and what is doubtful about it."""
    number, name, born = row.text("citizen_number"), row.text("name"), row.day("birth_date")
    if number and (member := existing.by_citizen_number(number)):
        known = str(member.values.get("name") or "")
        if name and known and name != known:
            return member, [error("name", "name_differs", suggestion=known, name=known)]
        return member, []
    if not (name and born):
        return None, []
    namesakes = existing.by_name_and_birth(name, born)
    if not number and len(namesakes) > 1:
        return None, [error("citizen_number", "several_matches")]
    numberless = [member for member in namesakes if not (number and member.values.get("citizen_number"))]
    if len(numberless) == 1:
        return numberless[0], []
    if namesakes:
        return None, [error("citizen_number", "namesake")]
    return None, []
