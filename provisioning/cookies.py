"""Which sign-up a browser is in the middle of: its token, in a signed cookie of the public host alone."""

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpResponse

from provisioning.actions.signups import ABANDONED_AFTER
from provisioning.models import Signup
from provisioning.queries import signup_of
from shared.http import Request

_SALT = "provisioning.signup"


def _name() -> str:
    # A `__Host-` cookie cannot be planted by a workspace's subdomain; browsers take it over TLS only.
    return "__Host-signup" if settings.SESSION_COOKIE_SECURE else "signup"


def token(request: Request) -> str:
    """What this browser holds; empty where it holds nothing, or nothing of our making."""
    try:
        return request.get_signed_cookie(_name(), salt=_SALT) or ""
    except (KeyError, BadSignature):
        return ""


def held(request: Request) -> Signup | None:
    """The sign-up of this browser, if it holds a good token of one that is still there."""
    found = token(request)
    return signup_of(found) if found else None


def hold(response: HttpResponse, signup: Signup) -> HttpResponse:
    """Let this browser come back to its sign-up."""
    response.set_signed_cookie(
        _name(),
        signup.token,
        salt=_SALT,
        max_age=int(ABANDONED_AFTER.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def let_go(response: HttpResponse) -> HttpResponse:
    """Forget it in this browser."""
    response.delete_cookie(_name(), samesite="Lax")
    return response
