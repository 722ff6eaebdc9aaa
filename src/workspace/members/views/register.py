"""The register: everybody this person may see, searched, narrowed, sorted."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.clock import today
from shared.components import Empty, Table
from workspace.access.queries import verbs_of
from workspace.accounts.models import User
from workspace.members.forms.filters import RegisterFilters
from workspace.members.models import Member
from workspace.members.queries.register import register as narrowed
from workspace.members.queries.register import units_to_choose
from workspace.members.queries.visibility import members_where
from workspace.members.views.columns import register_columns, remember, remembered

_FOUND_AT_ONCE = 20


@login_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    held = verbs_of(user)
    if "member.view" not in held:
        # A member has one line in the register: their own.
        if Member.objects.filter(user=user).exists():
            return redirect("members:me")
        raise PermissionDenied
    remembered(request)
    filters = RegisterFilters(request.GET, units=units_to_choose(user))
    table = Table(
        request,
        narrowed(user, filters.narrowing(), on=today()),
        register_columns(today()),
        caption=_("党员名册"),
        sort="name",
        filters=filters,
        empty=_nobody_yet(may_import="member.import" in held),
    )
    context = {"table": table, "query": request.GET.urlencode(), "more": filters.is_short}
    context |= {f"may_{verb}": f"member.{verb}" in held for verb in ("change", "import", "merge", "export")}
    response = render(request, "members/register.html", context)
    remember(request, response)
    return response


@login_required
@require_safe
def search(request: HttpRequest) -> JsonResponse:
    """For person pickers: `?q=` → {"results": [{value, text, detail, pinyin}]}, present members only."""
    user: User = request.user  # type: ignore[assignment]
    words = request.GET.get("q", "").strip()[:60]
    found = members_where(user, "member.view").present().select_related("unit")
    found = found.matching(words).order_by("pinyin", "pk")[:_FOUND_AT_ONCE] if words else found.none()
    results = [{"value": m.pk, "text": m.name, "detail": str(m.unit), "pinyin": m.pinyin} for m in found]
    return JsonResponse({"results": results})


def _nobody_yet(*, may_import: bool) -> Empty:
    if not may_import:
        return Empty(title=_("名册里还没有人"), text=_("单位管理员或支部书记导入之后，会显示在这里。"), icon="users")
    return Empty(
        title=_("名册里还没有人"),
        text=_("把现有的花名册拖进来就行：列名不用改，系统会先试算，确认后才写入，导错了可以撤销。"),
        url=reverse("members:import-new"),
        label=_("导入党员"),
        icon="users",
    )
