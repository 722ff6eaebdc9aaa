"""`/access/people/`: who is here, with which roles, and how they get in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shared.clock import now
from shared.components import Column, Empty, Table
from shared.confirmation import ask
from shared.http import Request
from shared.workspace import current_workspace
from workspace.access.actions import people as actions
from workspace.access.actions.grants import grant
from workspace.access.forms import GrantForm, SearchForm
from workspace.access.queries import may
from workspace.access.queries import people as queries
from workspace.access.words import reach, roles_line, state_badge
from workspace.accounts.models import User
from workspace.organization.models import Unit

COLUMNS = [
    Column(
        name="name",
        label=gettext_lazy("姓名"),
        sort="name",
        link=lambda user: reverse("access:person", args=[user.pk]),
    ),
    Column(name="username", label=gettext_lazy("用户名"), sort="username"),
    Column(name="held", label=gettext_lazy("角色"), value=roles_line),
    Column(name="reach", label=gettext_lazy("联系方式"), value=reach),
    Column(name="state", label=gettext_lazy("状态"), value=state_badge),
    Column(name="last_login", label=gettext_lazy("最近登录"), sort="last_login", kind="date"),
]


@login_required
@require_http_methods(["GET"])
def people(request: Request) -> HttpResponse:
    if not may(request.user, "access.review"):
        raise Http404
    search = SearchForm(request.GET)
    asked = search.cleaned_data if search.is_valid() else {}
    rows = queries.people(visible_to=request.user, words=asked.get("q", ""), role=asked.get("role", ""))
    table = Table(
        request,
        rows,
        COLUMNS,
        caption=_("人员与角色"),
        filters=search,
        empty=Empty(
            title=_("还没有人"), text=_("发出邀请，请大家加入。"), url=reverse("access:invitations"), label=_("邀请")
        ),
    )
    return render(request, "access/people.html", {"table": table})


@login_required
@require_http_methods(["GET", "POST"])
def person(request: Request, pk: int) -> HttpResponse:
    found = queries.person(pk, visible_to=request.user)
    may_grant = may(request.user, "access.grant") and found.pk != request.user.pk
    form = GrantForm(request.POST or None, by=request.user)
    if may_grant and form.is_valid():
        given = grant(
            found,
            form.cleaned_data["role"],
            form.cleaned_data["unit"],
            by=request.user,
            since=form.cleaned_data["since"],
            until=form.cleaned_data["until"],
        )
        messages.success(request, _("已授予：%(grant)s") % {"grant": given})
        return redirect("access:person", pk=pk)
    page = {
        "person": found,
        "form": form,
        "may_grant": may_grant,
        "may_take": may(request.user, "access.grant"),
        "keeps_accounts": may(request.user, "access.account", Unit.objects.get(depth=1)),
        "is_me": found.pk == request.user.pk,
    }
    return render(request, "access/person.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: Request, pk: int) -> HttpResponse:
    found = queries.person(pk, visible_to=request.user)
    if not may(request.user, "access.account", Unit.objects.get(depth=1)):
        raise actions.OnlyAdministrators
    if question := ask(
        request,
        title=_("停用账号"),
        message=_("停用后，%(name)s立即退出并且不能再登录；角色和历史记录保留，可以随时恢复。") % {"name": found.name},
        back=reverse("access:person", args=[pk]),
        label=_("停用"),
    ):
        return question
    actions.close_account(found, by=request.user)
    messages.success(request, _("账号已停用。"))
    return redirect("access:person", pk=pk)


@login_required
@require_http_methods(["POST"])
def reopen(request: Request, pk: int) -> HttpResponse:
    actions.reopen_account(queries.person(pk, visible_to=request.user), by=request.user)
    messages.success(request, _("账号已恢复。"))
    return redirect("access:person", pk=pk)


@login_required
@never_cache
@require_http_methods(["POST"])
def link(request: Request, pk: int) -> HttpResponse:
    """Shown once, to be handed over in person: for people without a mailbox."""
    found: User = queries.person(pk, visible_to=request.user)
    path = actions.make_link(found, by=request.user)
    page = {"person": found, "link": f"{current_workspace().url}{path}", "at": now()}
    return render(request, "access/person_link.html", page)
