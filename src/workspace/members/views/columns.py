"""The columns of the register's table, and which of them a person chose to see."""

from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from shared.components import Column
from shared.components.badges import badge
from workspace.members.importing.columns import BY_NAME
from workspace.members.models import Member
from workspace.members.queries.ages import age_on
from workspace.members.queries.facts import label_of, say, years_in_party
from workspace.members.queries.masking import masked

COOKIE = "member-columns"
_A_YEAR_S = 365 * 24 * 3600


def register_columns(on: date) -> list[Column]:
    """Name first; the masked ones never show more than a list should."""
    return [
        Column(name="name", label=_("姓名"), sort="pinyin", link=_page),
        Column(name="unit", label=_("党组织"), sort="unit__path"),
        Column(name="category", label=_("人员类别"), value=Member.get_category_display, sort="category"),
        _coded("sex"),
        Column(name="age", label=_("年龄"), value=lambda m: age_on(m.birth_date, on), kind="number", sort="birth_date"),
        Column(name="phone", label=_("手机号码"), value=partial(masked, field="phone")),
        _coded("education", sort="education"),
        Column(name="joined_on", label=_("入党日期"), kind="date", sort="joined_on"),
        Column(name="condition", label=_("特殊情况"), value=_conditions, kind="html"),
        Column(name="converted_on", label=_("转正日期"), kind="date", sort="converted_on", hidden=True),
        Column(name="party_age", label=_("党龄"), value=lambda m: years_in_party(m, on=on), kind="number", hidden=True),
        Column(name="birth_date", label=_("出生日期"), kind="date", sort="birth_date", hidden=True),
        Column(
            name="citizen_number", label=_("公民身份号码"), value=partial(masked, field="citizen_number"), hidden=True
        ),
        _coded("ethnic_group", hidden=True),
        _coded("degree", hidden=True),
        Column(name="job", label=_("工作岗位"), hidden=True),
        Column(name="technical_title", label=_("专业技术职务"), hidden=True),
        Column(name="left_on", label=_("离开日期"), kind="date", sort="left_on", hidden=True),
    ]


def remembered(request: HttpRequest) -> None:
    """Without a choice in the address, the columns chosen last time on this device."""
    kept = request.COOKIES.get(COOKIE, "")
    if "col" not in request.GET and kept:
        query = request.GET.copy()
        query.setlist("col", kept.split(".")[:40])
        request.GET = query  # type: ignore[assignment]  # Django hands out a mutable copy


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Keep a choice that was just made. Column names only: nothing about any person."""
    if chosen := [name for name in request.GET.getlist("col") if name.isidentifier()]:
        response.set_cookie(
            COOKIE,
            ".".join(chosen),
            max_age=_A_YEAR_S,
            path=reverse("members:register"),
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )


def _page(member: Member) -> str:
    return reverse("members:member", args=[member.pk])


def _coded(name: str, *, sort: str = "", hidden: bool = False) -> Column:
    about = BY_NAME[name]
    label: str | Promise = _label(name)
    return Column(name=name, label=label, value=lambda m: say(about, getattr(m, name)), sort=sort, hidden=hidden)


def _label(name: str) -> str | Promise:
    return label_of(BY_NAME[name])


def _conditions(member: Member) -> Any:
    """Words with icons; nothing when there is nothing to say."""
    found = []
    if member.left_on:
        found.append(badge(member.get_left_for_display() or _("已离开")))
    if member.is_lost_contact:
        found.append(badge(_("失联"), "late"))
    if member.is_floating:
        found.append(badge(_("流动"), "info"))
    return format_html_join(" ", "{}", ((one,) for one in found)) if found else ""
