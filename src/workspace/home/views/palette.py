"""Records for the command palette."""

from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shared.http import Request
from workspace.access.queries import units_where
from workspace.activities.queries.visibility import activities_visible_to
from workspace.members.models import Member

MOST = 6  # of each kind


@require_GET
@never_cache
@login_required
def search(request: Request) -> JsonResponse:
    """`?q=` → `{"items": [{label, url, hint}]}`: units, members and activities that this person may see."""
    text = request.GET.get("q", "").strip()[:40]
    if not text:
        return JsonResponse({"items": []})
    return JsonResponse({"items": [*_units(request, text), *_members(request, text), *_activities(request, text)]})


def _units(request: Request, text: str) -> list[dict[str, str]]:
    rows = units_where(request.user, "unit.view").filter(name__icontains=text, closed_on__isnull=True)[:MOST]
    return [
        {"label": row.name, "url": reverse("organization:unit", args=[row.pk]), "hint": row.get_type_display()}
        for row in rows
    ]


def _members(request: Request, text: str) -> list[dict[str, str]]:
    seen = Member.objects.filter(unit__in=units_where(request.user, "member.view").order_by()).present()
    typed = text.lower().replace(" ", "")
    found = (
        seen.filter(name__startswith=text)
        | seen.filter(initials__startswith=typed)
        | seen.filter(pinyin__startswith=typed)
    )
    return [
        {"label": row.name, "url": reverse("members:member", args=[row.pk]), "hint": str(row.unit)}
        for row in found.select_related("unit").order_by("pinyin")[:MOST]
    ]


def _activities(request: Request, text: str) -> list[dict[str, str]]:
    rows = activities_visible_to(request.user).filter(title__icontains=text).select_related("unit")
    return [
        {
            "label": row.title,
            "url": reverse("activities:activity", args=[row.pk]),
            "hint": f"{row.day:%Y-%m-%d} {row.unit}",
        }
        for row in rows.order_by("-starts_at")[:MOST]
    ]
