"""An appraisal as the thing a question of access is about."""

from workspace.access.queries import may
from workspace.access.things import Thing
from workspace.accounts.models import User
from workspace.appraisal.models import Appraisal


def appraisal(pk: int, reader: User) -> Thing | None:
    """None for those who may see neither appraisals nor roles there."""
    found = Appraisal.objects.select_related("unit").without_texts().filter(pk=pk).first()
    if found is None or not (may(reader, "appraisal.view", found.unit) or may(reader, "access.review", found.unit)):
        return None
    return Thing(str(found), found.unit)
