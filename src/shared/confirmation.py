"""Ask before an act that cannot be taken back.

With scripts the question is asked in the page; without them, this page asks it. Either way the server decides:

    if question := ask(request, title=_("解散党支部"), message=…, phrase=unit.name, back=unit_url):
        return question
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

NEVER_REPEATED = {"csrfmiddlewaretoken", "confirmed"}


def ask(
    request: HttpRequest,
    *,
    title: str | Promise,
    message: str | Promise,
    back: str,
    label: str | Promise = "",
    phrase: str = "",
) -> HttpResponse | None:
    """None when the person has confirmed (typing `phrase` where one is asked); otherwise the page that asks."""
    answer = request.POST.get("confirmed", "").strip()
    if request.method == "POST" and answer and (not phrase or answer == phrase):
        return None
    wrong = bool(phrase and answer)
    context = {
        "frame": "shared/workspace.html" if getattr(request, "workspace", None) else "shared/console.html",
        "title": title,
        "message": message,
        "back": back,
        "label": label or _("确认"),
        "phrase": phrase,
        "wrong": wrong,
        "carried": [(k, v) for k, values in request.POST.lists() if k not in NEVER_REPEATED for v in values],
    }
    return render(request, "shared/confirm.html", context, status=422 if wrong else 200)
