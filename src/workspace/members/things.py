"""A member as the thing a question of access is about."""

from workspace.access.queries import may
from workspace.access.things import Thing
from workspace.accounts.models import User
from workspace.members.models import Member


def member(pk: int, reader: User) -> Thing | None:
    """The member; by surname alone for who may look into roles but not into the register. None for others."""
    found = Member.objects.select_related("unit").filter(pk=pk).first()
    if found is None:
        return None
    if found.user_id == reader.pk or may(reader, "member.view", found.unit):
        return Thing(found.name, found.unit, found.user_id)
    if may(reader, "access.review", found.unit):
        return Thing(f"{found.name[:1]}*", found.unit, found.user_id)
    return None
