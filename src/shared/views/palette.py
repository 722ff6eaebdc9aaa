"""The pages a person can jump to, for the command palette."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shared import navigation
from shared.identity.pinyin import name_pinyin

AREAS = ("workspace", "console", "public", "bar", "user")


@require_GET
@never_cache
def pages(request: HttpRequest) -> JsonResponse:
    """`{"items": [{label, url, hint, keys}]}`; only entries of this host that the person may see."""
    shown = {item.url: item for area in AREAS for item in navigation.items(area, request)}
    return JsonResponse(
        {
            "items": [
                {"label": str(i.label), "url": i.url, "hint": i.group, "keys": keys(str(i.label))}
                for i in shown.values()
            ]
        }
    )


def keys(label: str) -> str:
    """Full pinyin and initials, so that both `zhibu` and `zb` find 支部."""
    spelled = name_pinyin(label)
    return f"{spelled.full} {spelled.initials}"
