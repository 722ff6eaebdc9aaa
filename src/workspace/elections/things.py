"""An election as the thing a question of access is about."""

from workspace.access.queries import may
from workspace.access.things import Thing
from workspace.accounts.models import User
from workspace.elections.models import Election


def election(pk: int, reader: User) -> Thing | None:
    """None for those who may see neither elections nor roles there."""
    found = Election.objects.select_related("unit").filter(pk=pk).first()
    if found is None or not (may(reader, "election.view", found.unit) or may(reader, "access.review", found.unit)):
        return None
    return Thing(str(found), found.unit)
