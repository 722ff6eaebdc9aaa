"""The people behind a finding, each with what is wrong and where to put it right."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.components import Column, Empty, Table
from shared.http import Request
from workspace.access.queries import units_where
from workspace.members.models import Member
from workspace.members.queries.masking import masked
from workspace.quality.checks import BY_CODE, Family
from workspace.quality.choosing import chosen, title
from workspace.quality.reading import asked
from workspace.quality.survey import Found


@login_required
@require_safe
def people(request: Request) -> HttpResponse:
    """`?check=` is a check, a family of them, or `todo`; without it everybody with a finding."""
    unit, survey = asked(request.user, request.GET.get("unit", ""))
    check = request.GET.get("check", "")
    found = {one.pk: one for one in chosen(survey, check)}
    rows = Member.objects.filter(pk__in=found).select_related("unit")
    mine = set(units_where(request.user, "member.change").order_by().values_list("pk", flat=True))
    table = Table(
        request,
        rows.order_by("unit__path", "pinyin", "pk"),
        _columns(found, mine),
        caption=title(check),
        empty=Empty(title=_("没有需要处理的人"), text=_("这一项都好了。"), icon="circle-check"),
    )
    crumbs = [(_("党员信息质量"), f"{reverse('quality:overview')}?unit={unit.pk}"), (title(check), "")]
    context = {
        "unit": unit,
        "title": title(check),
        "table": table,
        "crumbs": crumbs,
        "query": f"?unit={unit.pk}",
        "may_export": request.may("member.export"),
        "may_merge": request.may("member.merge") and _is_duplicate(check),
    }
    return render(request, "quality/people.html", context)


def _is_duplicate(check: str) -> bool:
    return check == Family.DUPLICATE or (check in BY_CODE and BY_CODE[check].family is Family.DUPLICATE)


def _columns(found: dict[int, Found], mine: set[int]) -> list[Column]:
    return [
        Column(name="name", label=_("姓名"), sort="pinyin", link=lambda one: reverse("members:member", args=[one.pk])),
        Column(name="unit", label=_("党支部"), value=lambda one: str(one.unit), sort="unit__path"),
        Column(name="wrong", label=_("问题"), value=lambda one: _words(found[one.pk])),
        Column(name="phone", label=_("手机号码"), value=lambda one: masked(one, "phone")),
        Column(
            name="edit",
            label=_("处理"),
            value=lambda one: _("修改") if one.unit_id in mine else "",
            link=lambda one: reverse("members:edit", args=[one.pk]),
        ),
    ]


def _words(found: Found) -> str:
    return "；".join(str(BY_CODE[code].label) for code in found.codes)
