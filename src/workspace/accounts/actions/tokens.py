"""API tokens, made and revoked by the person they act for."""

from datetime import datetime

from django.db import transaction

from workspace.accounts import tokens
from workspace.accounts.models import Token, User
from workspace.accounts.record import record


@transaction.atomic
def create_token(*, by: User, name: str, scopes: list[str], expires_at: datetime | None) -> tuple[Token, str]:
    """The token and its text, to be shown once."""
    token, text = tokens.issue(by=by, name=name, scopes=scopes, expires_at=expires_at)
    record("token.created", of=token, by=by, details={"scopes": token.scopes, "hint": token.hint})
    return token, text


@transaction.atomic
def revoke_token(token: Token, *, by: User, at: datetime) -> None:
    """From the next request on it opens nothing. The row stays for the record."""
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record("token.revoked", of=token, by=by)
