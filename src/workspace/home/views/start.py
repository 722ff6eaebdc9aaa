"""The first page after sign-in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from shared.clock import now
from shared.http import Request
from workspace.access.queries import may
from workspace.home import changes, checklist, todo

HIDDEN = "checklist_hidden"  # in the session: dismissed until the next sign-in shows it again


@login_required
def start(request: Request) -> HttpResponse:
    """My to-do, what is next, the checklist of the first weeks, what changed."""
    at = now()
    steps = checklist.items() if may(request.user, "unit.change") else []
    open_steps = [step for step in steps if not step.done]
    return render(
        request,
        "home/start.html",
        {
            "todo": todo.of(request.user, at=at),
            "coming": todo.coming(request.user, at=at),
            "steps": steps if open_steps and HIDDEN not in request.session else [],
            "hidden": bool(open_steps) and HIDDEN in request.session,
            "ticks": len(steps) - len(open_steps),
            "changes": changes.recent(request.user),
        },
    )


@login_required
def ticks(request: Request) -> HttpResponse:
    """The checklist alone, polled while it is on the page."""
    steps = checklist.items() if may(request.user, "unit.change") else []
    return render(request, "shared/components/checklist.html", {"items": steps, "url": request.path})


@login_required
@require_POST
def hide(request: Request) -> HttpResponse:
    """Put the checklist away, or bring it back."""
    if request.session.pop(HIDDEN, None) is None:
        request.session[HIDDEN] = True
    return redirect("home:start")
