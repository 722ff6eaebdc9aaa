"""`/access/why/`: why somebody can do something somewhere, or why not."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shared.clock import today
from shared.http import Request
from workspace.access.forms.why import WhyForm, asked_about
from workspace.access.queries import may, units_where
from workspace.access.queries.why import Answer, explain


@login_required
@require_GET
def why(request: Request) -> HttpResponse:
    reviews = may(request.user, "access.review")
    if not reviews and not units_where(request.user, "unit.view").exists():
        raise Http404
    asked = request.GET
    is_whole = "person" in asked and "verb" in asked and ("unit" in asked or "thing" in asked)
    form = WhyForm(asked if is_whole else None, initial=asked.dict(), by=request.user)
    answer = _answer(request, form) if form.is_valid() else None
    return render(request, "access/why.html", {"form": form, "answer": answer, "reviews": reviews})


def _answer(request: Request, form: WhyForm) -> Answer:
    thing = asked_about(form, request.user)
    if thing is None:
        raise Http404
    asked = form.cleaned_data
    return explain(asked["person"], asked["verb"], thing, asked_by=request.user, on=today())
