"""A person's messages."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from shared.clock import now
from shared.http import Request
from workspace.inbox import actions, queries

PAGE = 30


@login_required
def listing(request: Request) -> HttpResponse:
    """All messages, newest first."""
    page = Paginator(queries.messages_to(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "inbox/listing.html", {"page": page, "unread": queries.unread(request.user)})


@login_required
def message(request: Request, pk: int) -> HttpResponse:
    """One message; looking at it is reading it. With a link and no text, it leads straight there."""
    found = queries.get_message(pk, to=request.user)
    actions.read(found, at=now())
    if found.link and not found.body and url_has_allowed_host_and_scheme(found.link, None):
        return redirect(found.link)
    return render(request, "inbox/message.html", {"message": found})


@login_required
@require_POST
def read_all(request: Request) -> HttpResponse:
    """Everything is read."""
    actions.read_all(request.user, at=now())
    return redirect("inbox:listing")
