"""Where somebody goes next: an address that came with a request is believed only where it is on this very host."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def onward(request: HttpRequest, wanted: str, *, otherwise: str = "") -> str:
    """`wanted` where it is a path or a whole address of this host, else `otherwise`.

    A bare word is neither: `redirect` would take it for the name of a view.
    """
    is_address = wanted.startswith(("/", "http://", "https://"))
    ours = {request.get_host()}
    if is_address and url_has_allowed_host_and_scheme(wanted, ours, require_https=request.is_secure()):
        return wanted
    return otherwise
