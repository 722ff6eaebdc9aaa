"""`/me/`: what people may say of themselves, and how they like their pages."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shared.http import Request
from shared.views import display
from workspace.accounts.actions.profile import change_profile
from workspace.accounts.forms import ProfileForm
from workspace.accounts.models import User
from workspace.accounts.views.pages import own_page
from workspace.accounts.views.sign_in import as_they_like_it


@login_required
@sensitive_post_parameters("own_password")
@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    # A row of its own: the form writes into it before it knows whether everything is well.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if not form.is_valid():
        return own_page(request, "profile", {"form": form})
    changed = [name for name in form.changed_data if name != "own_password"]
    change_profile(form.instance, changed=changed)
    with translation.override(form.instance.language or translation.get_language()):
        messages.success(request, _("已保存。"))
    response = redirect("accounts:me")
    if "language" in changed and not form.instance.language:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    if "large_type" in changed and not form.instance.large_type:
        response.delete_cookie(display.COOKIE)
    as_they_like_it(response, form.instance)
    return response
