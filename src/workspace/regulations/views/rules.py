"""规则依据: every rule, where it is written, how sure we are of it, and what the product does with it."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import rules
from shared.clock import today
from shared.dates import parse_date
from shared.exports import list_response
from shared.http import Request
from workspace.regulations import queries
from workspace.regulations.forms import RuleFilters
from workspace.regulations.reading import Shown


@login_required
@require_safe
def rules_of_a_day(request: Request) -> HttpResponse:
    """Those in force on a day, or whatever the filters ask for. `?form=xlsx|csv` takes them away."""
    filters = RuleFilters(request.GET)
    wanted = filters.wanted
    chosen = queries.found(wanted)
    if request.GET.get("form"):
        lines = [Shown(rule, wanted.on, request) for rule in chosen]
        return list_response(request.GET["form"], f"rules-{wanted.on.isoformat()}", _header(), _rows(lines))
    groups = [
        (document, [Shown(rule, wanted.on, request) for rule in of_document])
        for document, of_document in queries.by_document(chosen).items()
    ]
    context = {
        "filters": filters,
        "is_filtered": any(request.GET.get(name) for name in filters.fields),
        "wanted": wanted,
        "groups": groups,
        "count": len(chosen),
        "unverified": sum(rule.needs_verification for rule in chosen),
        "kept": request.GET.urlencode(),
    }
    return render(request, "regulations/rules.html", context)


@login_required
@require_safe
def rule(request: Request, code: str) -> HttpResponse:
    """One rule: the version of a day, and all others before and after it."""
    try:
        versions = queries.book().versions(code)
    except rules.UnknownRule:
        raise Http404 from None
    on = parse_date(request.GET.get("on", "")) or today()
    context = {
        "shown": Shown(_version_on(versions, on), on, request),
        "versions": [Shown(version, on, request) for version in reversed(versions)],
        "on": on,
    }
    return render(request, "regulations/rule.html", context)


def _version_on(versions: Iterable[rules.Rule], on: date) -> rules.Rule:
    """The one in force, else the nearest: the first one before its day, the last one after it."""
    ordered = list(versions)
    begun = [version for version in ordered if version.effective_from <= on]
    return begun[-1] if begun else ordered[0]


def _header() -> list[str]:
    return [
        _("文件"),
        _("文号"),
        _("条款"),
        _("内容"),
        _("数值"),
        _("性质"),
        _("核实"),
        _("生效"),
        _("失效"),
        _("用在"),
        _("来源"),
        _("编号"),
    ]


def _rows(lines: Iterable[Shown]) -> list[list[object]]:
    return [
        [
            line.rule.document,
            line.rule.number,
            line.rule.article,
            line.summary,
            "；".join(line.figures),
            line.tier,
            line.mark,
            line.rule.effective_from,
            line.rule.effective_to,
            "；".join(place.label for place in line.places),
            line.rule.source,
            line.rule.key,
        ]
        for line in lines
    ]
