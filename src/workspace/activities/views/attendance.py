"""Answers beforehand, the roll, guests, words afterwards."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from shared.clock import now
from shared.widgets import PeoplePicker
from workspace.access.queries import units_where
from workspace.activities.actions import check_in
from workspace.activities.actions import roll as rolls
from workspace.activities.queries.roster import roster
from workspace.activities.queries.visibility import get_activity, get_activity_to_change, member_of
from workspace.activities.views import person
from workspace.members.models import Member


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Coming, or excused with a reason."""
    activity = get_activity(pk, visible_to=person(request))
    member = member_of(person(request))
    if member is None:
        raise check_in.NotAMember
    coming = request.POST.get("answer") == "coming"
    rolls.answer(activity, member, coming=coming, at=now(), reason=request.POST.get("reason", "")[:200])
    messages.success(request, _("已回复参加。") if coming else _("已请假。"))
    return redirect("activities:activity", pk=pk)


@login_required
@require_POST
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """The member's own words afterwards."""
    activity = get_activity(pk, visible_to=person(request))
    member = member_of(person(request))
    if member is None:
        raise check_in.NotAMember
    rolls.remark(activity, member, text=request.POST.get("text", "")[:2000], at=now())
    messages.success(request, _("已保存，谢谢。"))
    return redirect("activities:activity", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def roll(request: HttpRequest, pk: int) -> HttpResponse:
    """The organiser's roll: tick who is there, say why others are not."""
    activity = get_activity_to_change(pk, by=person(request))
    if request.method == "POST":
        present = [int(key) for key in request.POST.getlist("present") if _is_key(key)]
        reasons = {
            int(name.removeprefix("reason-")): text
            for name, text in request.POST.items()
            if name.startswith("reason-") and _is_key(name.removeprefix("reason-")) and isinstance(text, str)
        }
        note = request.POST.get("note", "")[:200]
        marked, unmarked = check_in.keep_roll(
            activity, present=present, reasons=reasons, by=person(request), at=now(), note=note
        )
        messages.success(
            request, _("点名已保存：新登记 {marked} 人，取消 {unmarked} 人。").format(marked=marked, unmarked=unmarked)
        )
        return redirect("activities:activity", pk=pk)
    rolls.draw_up_roll(activity)
    return render(request, "activities/roll.html", {"activity": activity, "people": roster(activity)})


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


class GuestsForm(forms.Form):
    """People from units the organiser may see members of."""

    members = forms.ModelMultipleChoiceField(
        label=gettext_lazy("列席人员"), queryset=Member.objects.none(), widget=PeoplePicker
    )


@login_required
@require_http_methods(["GET", "POST"])
def guests(request: HttpRequest, pk: int) -> HttpResponse:
    """Put guests on the roll."""
    activity = get_activity_to_change(pk, by=person(request))
    form = GuestsForm(request.POST or None)
    reach = units_where(person(request), "member.view").order_by()
    people = Member.objects.present().filter(unit__in=reach).exclude(participations__activity=activity)
    form.fields["members"].queryset = people.order_by("pinyin", "name")  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        added = rolls.invite(activity, list(form.cleaned_data["members"]))
        messages.success(request, _("已加入 {number} 位列席人员。").format(number=added))
        return redirect("activities:roll", pk=pk)
    context = {"activity": activity, "form": form, "title": _("加列席人员"), "submit": _("加入名单")}
    return render(request, "activities/reason.html", context)
