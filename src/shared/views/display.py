"""How this browser likes its pages: ordinary or large type."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from shared.onward import onward

COOKIE = "type"
YEAR_S = 365 * 24 * 3600


@require_POST
def large_type(request: HttpRequest) -> HttpResponse:
    """Turn 大字版 on or off and go back."""
    answer = redirect(onward(request, request.POST.get("next", ""), otherwise="/"))
    if request.COOKIES.get(COOKIE) == "large":
        answer.delete_cookie(COOKIE)
    else:
        answer.set_cookie(COOKIE, "large", max_age=YEAR_S, secure=request.is_secure(), httponly=True, samesite="Lax")
    return answer
