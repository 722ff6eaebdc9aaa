"""A member's own line: seen in full, taken away as JSON."""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shared.clock import now, today
from workspace.audit import actions as audit
from workspace.members.importing.columns import BY_NAME
from workspace.members.models import Member
from workspace.members.queries.dossiers import sections
from workspace.members.queries.facts import facts_of, say, values_of
from workspace.members.queries.masking import MASKS
from workspace.members.queries.timeline import by_year, timeline


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    found = Member.objects.select_related("unit").filter(user=request.user.pk).first()
    if found is None:
        return render(request, "members/me_unknown.html")
    context = {
        "member": found,
        "facts": list(facts_of(found, on=today(), open_fields=MASKS)),
        "years": by_year(timeline(found, user=request.user, record=True)),  # type: ignore[arg-type]
    }
    return render(request, "members/me.html", context)


@login_required
@require_safe
def me_sheet(request: HttpRequest) -> HttpResponse:
    """The personal file on paper, or as a PDF from the browser's print window: facts and events."""
    found = Member.objects.select_related("unit").filter(user=request.user.pk).first()
    if found is None:
        return render(request, "members/me_unknown.html")
    context = {
        "member": found,
        "meta": [(_("所在党支部"), found.unit), (_("打印日期"), today())],
        "facts": list(facts_of(found, on=today(), open_fields=MASKS)),
        "moments": timeline(found, user=request.user, record=False),  # type: ignore[arg-type]
    }
    return render(request, "members/me_sheet.html", context)


@login_required
@require_POST
def me_export(request: HttpRequest) -> HttpResponse:
    """Everything the register holds about this person, values and words, and who did what to it."""
    found = Member.objects.select_related("unit").filter(user=request.user.pk).first()
    if found is None:
        return render(request, "members/me_unknown.html", status=404)
    audit.record("member.exported_own", of=found, by=request.user)  # type: ignore[arg-type]
    columns = [
        {"field": name, "label": BY_NAME[name].zh, "value": value, "text": say(BY_NAME[name], value, found)}
        for name, value in values_of(found, on=today()).items()
    ]
    moments = timeline(found, user=request.user, record=True)  # type: ignore[arg-type]
    events = [{"at": m.on, "what": m.title, "about": m.text, "by": m.by} for m in moments]
    held = {section.name: section.as_plain() for section in sections(found, by=request.user, on=today())}  # type: ignore[arg-type]
    body = {"exported_at": now(), "member": found.name, "unit": found.unit.name, "columns": columns, "events": events}
    body |= {name: rows for name, rows in held.items() if name != "timeline"}
    text = json.dumps(body, ensure_ascii=False, indent=2, default=lambda value: value.isoformat())
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-record.json"'
    return response
