"""Is this address free? Asked while typing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from provisioning import cookies
from provisioning.forms import AddressForm
from provisioning.suggestions import suggest
from shared.http import Request


@never_cache
@require_GET
def availability(request: Request) -> HttpResponse:
    """A fragment. Only for somebody who proved an e-mail address, so that names cannot be listed by strangers."""
    signup = cookies.held(request)
    if signup is None or not signup.verified_at or signup.opening_id:
        return HttpResponse(status=403)
    typed = request.GET.get("slug", "")
    form = AddressForm({"slug": typed})
    free = form.is_valid()
    values = {
        "typed": typed,
        "free": free,
        "slug": form.cleaned_data.get("slug", ""),
        "errors": [] if free else form.errors.get("slug", []),
        "suggestions": [] if free else suggest(signup.name),
    }
    return render(request, "provisioning/signup/availability.html", values)
