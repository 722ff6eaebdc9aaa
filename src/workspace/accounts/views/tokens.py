"""`/me/tokens/`: keys for programs, shown once."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shared.clock import now
from shared.confirmation import ask
from shared.http import Request
from workspace.accounts import queries
from workspace.accounts.actions.tokens import create_token, revoke_token
from workspace.accounts.forms import TokenForm
from workspace.accounts.scopes import SCOPES
from workspace.accounts.views.pages import own_page


@login_required
@never_cache
@sensitive_post_parameters("own_password")
@require_http_methods(["GET", "POST"])
def tokens(request: Request) -> HttpResponse:
    if request.workspace is None:
        raise Http404  # the console has no API
    form = TokenForm(request.POST or None, user=request.user)
    made = text = None
    if form.is_valid():
        days = form.cleaned_data["days"]
        made, text = create_token(
            by=request.user,
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires_at=now() + timedelta(days=days) if days else None,
        )
        form = TokenForm(user=request.user)
    rows = [(token, [SCOPES.get(scope, scope) for scope in token.scopes]) for token in queries.tokens_of(request.user)]
    return own_page(request, "tokens", {"form": form, "rows": rows, "made": made, "text": text, "at": now()})


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request: Request, pk: int) -> HttpResponse:
    if request.workspace is None:
        raise Http404
    token = get_object_or_404(queries.tokens_of(request.user), pk=pk)
    if question := ask(
        request,
        title=_("撤销令牌"),
        message=_("撤销后，使用“%(name)s”的程序将立即无法访问。") % {"name": token.name},
        back="/me/tokens/",
        label=_("撤销"),
    ):
        return question
    revoke_token(token, by=request.user, at=now())
    messages.success(request, _("令牌已撤销。"))
    return redirect("accounts:tokens")
