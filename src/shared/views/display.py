"""How this browser likes its pages: ordinary or large type."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "type"
YEAR_S = 365 * 24 * 3600


@require_POST
def large_type(request: HttpRequest) -> HttpResponse:
    """Turn 大字版 on or off and go back."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    answer = redirect(back)
    if request.COOKIES.get(COOKIE) == "large":
        answer.delete_cookie(COOKIE)
    else:
        answer.set_cookie(COOKIE, "large", max_age=YEAR_S, secure=request.is_secure(), httponly=True, samesite="Lax")
    return answer
