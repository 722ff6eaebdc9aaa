"""What every column means, and which words it accepts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from workspace.members.importing.columns import FIELDS, Kind, Need
from workspace.members.queries.facts import label_of
from workspace.members.views.words import KINDS, NEEDS


@login_required
@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    language = get_language() or ""
    columns = [
        {
            "name": about.name,
            "label": label_of(about),
            "official": about.zh,
            "kind": KINDS[Kind(about.kind)],
            "need": NEEDS[Need(about.need)],
            "hint": about.hint,
            "aliases": "、".join(about.aliases),
            "standard": about.codes.standard if about.codes else "",
            "verified": all(code.verified for code in about.codes) if about.codes else True,
            "codes": [(code.code, code.label(language)) for code in about.codes] if about.codes else [],
        }
        for about in FIELDS
    ]
    return render(request, "members/dictionary.html", {"columns": columns})
