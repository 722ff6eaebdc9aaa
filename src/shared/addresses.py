"""From which network address a request came."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address nearest to us that is not one of our own proxies; None when there is none (a unix socket, a test).

    `X-Forwarded-For` is written by anyone; only as many of its last entries as we run proxies can be believed.
    """
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        found = hops[-proxies] if len(hops) >= proxies else ""
    else:
        found = request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(found))
    except ValueError:
        return None
