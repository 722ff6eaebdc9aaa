"""What happens to a member's line: leaving, coming back, looking at a hidden fact, the account behind it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shared.clock import today
from shared.confirmation import ask
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.members.actions import leaving, linking, unmasking
from workspace.members.forms.small import AccountForm, LeavingForm, ReasonForm
from workspace.members.queries.facts import facts_of
from workspace.members.queries.masking import MASKS
from workspace.members.queries.visibility import member_for
from workspace.members.views.member import member_page


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    found = member_for(_who(request), pk, to="member.change")
    form = LeavingForm(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            leaving.leave(found, on=said["on"], reason=said["reason"], note=said["note"], by=_who(request))
        except Refusal as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _("{name}已不在册，可以随时恢复。").format(name=found.name))
            return redirect("members:member", found.pk)
    context = {"form": form, "member": found, "title": _("离开名册"), "submit": _("记为离开")}
    return render(request, "members/small.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = member_for(_who(request), pk, to="member.change")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        leaving.come_back(found, reason=form.cleaned_data["reason"], by=_who(request))
        messages.success(request, _("{name}已恢复在册。").format(name=found.name))
        return redirect("members:member", found.pk)
    context = {"form": form, "member": found, "title": _("恢复在册"), "submit": _("恢复在册")}
    return render(request, "members/small.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def unmask(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """Ask why, then show one fact on the member's page, once."""
    found = member_for(_who(request), pk, to="member.change")
    labels = {fact.field: fact.label for fact in facts_of(found, on=today())}
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unmasking.unmask(found, field, reason=form.cleaned_data["reason"], by=_who(request))
        return member_page(request, found, opened=field)
    if field not in MASKS:
        raise unmasking.NothingHidden
    title = _("查看完整的{what}").format(what=labels[field])
    context = {"form": form, "member": found, "title": title, "submit": _("查看"), "note": _("查看会留下记录。")}
    return render(request, "members/small.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, pk: int) -> HttpResponse:
    found = member_for(_who(request), pk, to="member.change")
    form = AccountForm(request.POST or None, member=found)
    if request.method == "POST" and form.is_valid():
        linking.link(found, form.cleaned_data["user"], by=_who(request))
        messages.success(request, _("已关联。{name}登录后可以看到自己的资料。").format(name=found.name))
        return redirect("members:member", found.pk)
    context = {
        "form": form,
        "member": found,
        "title": _("关联账号"),
        "submit": _("关联"),
        "note": _("请确认是同一个人：关联之后，这个账号能看到并导出这份资料。"),
    }
    return render(request, "members/small.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    found = member_for(_who(request), pk, to="member.change")
    back = redirect("members:member", found.pk)
    message = _("解除之后，{name}登录时不再看到这份资料。").format(name=found.name)
    if question := ask(request, title=_("解除账号关联"), message=message, back=back.url, label=_("解除")):
        return question
    linking.unlink(found, by=_who(request))
    messages.success(request, _("已解除关联。"))
    return back


def _who(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
