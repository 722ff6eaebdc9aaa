"""Entries of one person that are on the register twice: found, compared, merged, and separated again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.clock import now, today
from shared.confirmation import ask
from shared.http import Request
from shared.pagination import page_of
from shared.refusals import Refusal
from workspace.access.queries import may
from workspace.members.actions import merging
from workspace.members.forms.merges import PairForm, misfits
from workspace.members.models import Member
from workspace.members.queries.duplicates import VERB, in_order, pairs
from workspace.members.queries.merges import merge_for, merges_for, told
from workspace.members.queries.visibility import MayNotTouch, members_where


@login_required
@require_safe
def merges(request: Request) -> HttpResponse:
    """Likely pairs, a search for others, and what was merged lately."""
    if not may(request.user, VERB):
        raise MayNotTouch(member=_("名册"))
    people = members_where(request.user, VERB).select_related("unit").order_by("pinyin", "pk")
    page = page_of(request, merges_for(request.user), size=20)
    context = {
        "pairs": pairs(request.user),
        "form": PairForm(people=people, initial={"kept": request.GET.get("kept")}),
        "page": page,
        "made": [told(row, at=now()) for row in page],
    }
    return render(request, "members/merges/merges.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """`?kept=&gone=`, the two entries; without an order of theirs, `?one=&other=`. Look first, then confirm."""
    kept, gone = _pair(request)
    if kept is None or gone is None or kept.pk == gone.pk:
        messages.warning(request, _("请选择两份不同的登记。"))
        return redirect("members:merges")
    planned = merging.plan(kept, gone)
    said = {name.removeprefix("of-"): str(value) for name, value in request.POST.items() if name.startswith("of-")}
    wrong: list[str] = []
    if request.method == "POST":
        wrong = misfits(planned, said, on=today())
        if not wrong:
            try:
                made = merging.merge(
                    kept, gone, choices=said, seen=request.POST.get("seen", ""), by=request.user, at=now()
                )
            except Refusal as refusal:
                wrong = [str(refusal)]
            else:
                messages.success(request, _("已合并。30 天内可以在“合并重复登记”里撤销。"))
                return redirect("members:member", made.rows.get().member_id)
    context = {"plan": planned, "lines": _lines(planned, said), "wrong": wrong}
    return render(request, "members/merges/new.html", context, status=422 if wrong else 200)


@login_required
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Both entries stand again as they stood."""
    found = merge_for(request.user, pk)
    back = redirect("members:merges")
    message = _("两份登记恢复到合并之前；合并时带过来的记录回到原来的登记上。")
    if question := ask(request, title=_("撤销合并"), message=message, back=back.url, label=_("撤销合并")):
        return question
    try:
        came_back = merging.undo(found, by=request.user, at=now())
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, str(refusal))
        return back
    messages.success(request, _("已撤销，两份登记都恢复了。"))
    return redirect("members:member", came_back.pk)


def _pair(request: Request) -> tuple[Member | None, Member | None]:
    if "one" in request.GET:
        first, second = _member(request, "one"), _member(request, "other")
        return in_order(first, second) if first and second else (first, second)
    return _member(request, "kept"), _member(request, "gone")


def _member(request: Request, name: str) -> Member | None:
    key = request.GET.get(name, "")
    return merging.entry_for(request.user, int(key)) if key.isdecimal() and len(key) < 19 else None


def _lines(planned: merging.Plan, said: dict[str, str]) -> list[dict[str, Any]]:
    chosen = planned.choices(said)
    return [{"side": side, "chosen": chosen[side.name]} for side in planned.sides if side.kept or side.gone]
