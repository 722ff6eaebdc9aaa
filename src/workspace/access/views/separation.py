"""`/access/separation/`: the three administrators, apart or together."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shared.confirmation import ask
from shared.http import Request
from workspace.access.actions import offices as actions
from workspace.access.forms.separation import ApartForm, TogetherForm
from workspace.access.models import OFFICES, Grant, Role
from workspace.access.queries import may
from workspace.access.queries.offices import are_apart
from workspace.organization.models import Unit


@login_required
@require_http_methods(["GET", "POST"])
def separation(request: Request) -> HttpResponse:
    if not (may(request.user, "access.role", Unit.objects.get(depth=1)) or may(request.user, "access.review")):
        raise Http404
    apart = are_apart()
    role = Role.SECURITY if apart else Role.ADMIN
    decides = Grant.objects.own().filter(user=request.user, role=role, unit__depth=1).exists()
    form = (TogetherForm if apart else ApartForm)(request.POST or None, by=request.user)
    if request.method == "POST" and not decides:
        raise actions.OnlyTheWhole
    if form.is_valid():
        return _together(request, form.cleaned_data["admin"]) if apart else _apart(request, form.cleaned_data)
    offices = Grant.objects.filter(role__in=OFFICES).select_related("user", "granted_by", "delegated_from__user")
    able = not apart and form.fields[Role.SYSTEM].queryset.count() >= len(OFFICES)  # type: ignore[attr-defined]
    page = {"form": form, "apart": apart, "decides": decides, "offices": offices.order_by("pk"), "able": able}
    return render(request, "access/separation.html", page, status=422 if form.errors else 200)


def _apart(request: Request, people: dict[str, object]) -> HttpResponse:
    words = _("启用后立即生效：您和其他单位管理员都改为业务管理员，账号、权限和审计由这三位分别管理。")
    if question := _ask(request, _("启用三员分立"), words):
        return question
    actions.put_apart(people, by=request.user)  # type: ignore[arg-type]  # a field for each office, each a person
    messages.success(request, _("三员分立已启用。"))
    return redirect("access:separation" if may(request.user, "access.review") else "/")


def _together(request: Request, admin: object) -> HttpResponse:
    words = _("停用后立即生效：%(name)s担任单位管理员，系统管理员和安全管理员卸任，包括您自己。") % {"name": admin}
    if question := _ask(request, _("停用三员分立"), words):
        return question
    actions.put_together(admin, by=request.user)  # type: ignore[arg-type]  # a person, as the field says
    messages.success(request, _("三员分立已停用。"))
    return redirect("/")


def _ask(request: Request, title: str, words: str) -> HttpResponse | None:
    return ask(request, title=title, message=words, back=reverse("access:separation"), label=title, phrase=title)
