"""`/access/roles/`: roles and what each of them holds."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shared.confirmation import ask
from shared.http import Request
from shared.refusals import Refusal
from workspace.access.actions import roles as actions
from workspace.access.forms.roles import RoleForm
from workspace.access.models import OwnRole
from workspace.access.queries import may
from workspace.access.queries import roles as queries
from workspace.access.words import verbs_line
from workspace.organization.models import Unit

NAMED = 12  # people in a preview


@login_required
@require_GET
def roles(request: Request) -> HttpResponse:
    shapes = queries.shapes(visible_to=request.user)
    page = {"shapes": shapes, "matrix": queries.matrix(shapes), "may_shape": _may_shape(request)}
    return render(request, "access/roles.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Empty, or beginning with what another role holds (`?copy=secretary`)."""
    copied = next((s for s in queries.shapes(visible_to=request.user) if s.code == request.GET.get("copy")), None)
    if not _may_shape(request):
        raise actions.MayNotShapeRoles
    begin = {"name": _("{name}（副本）").format(name=copied.name), "verbs": sorted(copied.verbs)} if copied else {}
    form = RoleForm(request.POST or None, initial=begin)
    if form.is_valid():
        try:
            made = actions.create_role(form.cleaned_data["name"], form.cleaned_data["verbs"], by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("角色“%(name)s”已建好，可以授予了。") % {"name": made})
            return redirect("access:roles")
    return render(request, "access/role.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def role(request: Request, pk: int) -> HttpResponse:
    """Changes are shown with whom they affect before they are made."""
    found = queries.own_role(pk, visible_to=request.user)
    if not _may_shape(request):
        raise actions.MayNotShapeRoles
    form = RoleForm(request.POST or None, initial={"name": found.name, "verbs": found.verbs})
    if form.is_valid():
        asked = form.cleaned_data
        back = reverse("access:role", args=[pk])
        words = _preview(request, found, set(asked["verbs"]))
        if question := ask(request, title=_("修改角色"), message=words, back=back, label=_("确认修改")):
            return question
        actions.change_role(found, name=asked["name"], verbs=asked["verbs"], by=request.user)
        messages.success(request, _("角色已修改，立即生效。"))
        return redirect("access:roles")
    held = queries.holders(visible_to=request.user, role=found.code).select_related("user", "unit").order_by("pk")
    page = {"form": form, "role": found, "held": held}
    return render(request, "access/role.html", page, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: Request, pk: int) -> HttpResponse:
    found = queries.own_role(pk, visible_to=request.user)
    if not _may_shape(request):
        raise actions.MayNotShapeRoles
    words = _("删除角色“%(name)s”？没有人持有的角色才能删除。") % {"name": found}
    if question := ask(
        request, title=_("删除角色"), message=words, back=reverse("access:role", args=[pk]), label=_("删除")
    ):
        return question
    actions.delete_role(found, by=request.user)
    messages.success(request, _("角色已删除。"))
    return redirect("access:roles")


def _may_shape(request: Request) -> bool:
    root = Unit.objects.filter(depth=1).first()
    if root is None:
        raise Http404
    return may(request.user, "access.role", root)


def _preview(request: Request, found: OwnRole, asked: set[str]) -> str:
    before = set(found.verbs)
    parts = []
    if added := asked - before:
        parts.append(_("增加：{verbs}。").format(verbs=verbs_line(added)))
    if removed := before - asked:
        parts.append(_("去掉：{verbs}。").format(verbs=verbs_line(removed)))
    held = queries.holders(visible_to=request.user, role=found.code).select_related("user", "unit").order_by("pk")
    people = [f"{one.user.name}（{one.unit}）" for one in held]
    if people:
        names = "、".join(people[:NAMED]) + ("…" if len(people) > NAMED else "")
        parts.append(_("立即影响 {number} 人：{names}。").format(number=len(people), names=names))
    else:
        parts.append(_("现在没有人持有这个角色。"))
    return "".join(parts)
