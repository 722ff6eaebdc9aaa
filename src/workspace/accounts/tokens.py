"""API tokens: made, recognised, revoked."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from shared.clock import now
from shared.workspace import workspace_id
from workspace.accounts.models import Token, User

PREFIX = "tx_"
SECRET_BYTES = 32
SEEN_EVERY = timedelta(minutes=1)


def digest(text: str) -> str:
    """SHA-256 of the workspace and the token: a digest copied into another workspace's table opens nothing there.

    The secret has 256 random bits, so a slow hash would add nothing.
    """
    return hashlib.sha256(f"{workspace_id()}:{text}".encode()).hexdigest()


def issue(*, by: User, name: str, scopes: list[str], expires_at: datetime | None) -> tuple[Token, str]:
    """A new token and its text, which exists nowhere else."""
    text = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    made = Token.objects.create(
        name=name, digest=digest(text), hint=text[:9], scopes=sorted(scopes), created_by=by, expires_at=expires_at
    )
    return made, text


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer tx_…`. Another workspace's token is simply not in this one's table."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        """The person the token acts for, and the token. Raises AuthenticationFailed; None without a Bearer header."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        text = parts[1].decode("ascii", "replace") if len(parts) == 2 else ""
        at = now()
        token = None
        if text.startswith(PREFIX):
            token = Token.objects.in_force(at=at).select_related("created_by").filter(digest=digest(text)).first()
        if token is None:
            raise AuthenticationFailed(_("令牌无效、已过期或已撤销。"))
        if token.last_used_at is None or at - token.last_used_at > SEEN_EVERY:
            Token.objects.filter(pk=token.pk).update(last_used_at=at)
        return token.created_by, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document names it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "tx_…"}
