"""What people may change of themselves."""

from collections.abc import Collection

from django.db import transaction

from workspace.accounts.models import User
from workspace.accounts.record import record


@transaction.atomic
def change_profile(user: User, *, changed: Collection[str]) -> None:
    """Store the named fields as they stand on the object. The record names the fields, never their values."""
    if changed:
        user.save(update_fields=list(changed))
        record("account.profile_changed", of=user, by=user, details={"fields": sorted(changed)})
