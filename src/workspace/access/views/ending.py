"""`/access/ending/` and `/access/idle/`: what is about to end, and what should."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from shared.clock import now, today
from shared.components import Bulk, Column, Empty, Table
from shared.confirmation import ask
from shared.http import Request
from workspace.access.actions import people as actions
from workspace.access.queries import ending as queries
from workspace.access.queries import may
from workspace.access.words import grant_line, reach
from workspace.accounts.models import User
from workspace.organization.models import Unit

ENDING = [
    Column(name="user", label=gettext_lazy("姓名"), link=lambda one: reverse("access:person", args=[one.user_id])),
    Column(name="role", label=gettext_lazy("角色"), value=grant_line),
    Column(name="until", label=gettext_lazy("截止日期"), sort="until", kind="date"),
]
IDLE = [
    Column(name="name", label=gettext_lazy("姓名"), sort="name", link=lambda u: reverse("access:person", args=[u.pk])),
    Column(name="username", label=gettext_lazy("用户名")),
    Column(name="reach", label=gettext_lazy("联系方式"), value=reach),
    Column(name="last_login", label=gettext_lazy("最近登录"), sort="last_login", kind="date"),
    Column(name="created_at", label=gettext_lazy("建立日期"), kind="date"),
]


@login_required
@require_GET
def ending(request: Request) -> HttpResponse:
    if not may(request.user, "access.review"):
        raise Http404
    table = Table(
        request,
        queries.ending(visible_to=request.user, on=today()),
        ENDING,
        caption=_("即将到期的角色"),
        empty=Empty(title=_("三十天内没有角色到期"), icon="calendar-event"),
        row_actions="access/_extend.html" if may(request.user, "access.grant") else "",
    )
    return render(request, "access/ending.html", {"table": table})


@login_required
@require_http_methods(["GET", "POST"])
def idle(request: Request) -> HttpResponse:
    """A post closes the chosen ones, after asking."""
    if not may(request.user, "access.account", Unit.objects.get(depth=1)):
        raise Http404
    rows = queries.idle_accounts(visible_to=request.user, at=now()).exclude(pk=request.user.pk)
    if request.method == "POST":
        return _close(request, rows)
    table = Table(
        request,
        rows,
        IDLE,
        caption=_("久未使用的账号"),
        bulk=[Bulk(name="close", label=_("停用"), danger=True)],
        bulk_url=reverse("access:idle"),
        empty=Empty(title=_("没有超过九十天未使用的账号"), icon="user-check"),
    )
    return render(request, "access/idle.html", {"table": table})


def _close(request: Request, rows: "QuerySet[User]") -> HttpResponse:
    chosen = list(rows.filter(pk__in=[key for key in request.POST.getlist("chosen") if key.isdecimal()]))
    back = reverse("access:idle")
    if not chosen:
        return redirect(back)
    said = {"number": len(chosen)}
    words = _("停用后，这 %(number)s 个账号立即不能再登录；角色和历史记录保留，可以随时恢复。") % said
    if question := ask(request, title=_("停用账号"), message=words, back=back, label=_("停用")):
        return question
    for person in chosen:
        actions.close_account(person, by=request.user)
    messages.success(request, _("已停用 %(number)s 个账号。") % said)
    return redirect(back)
