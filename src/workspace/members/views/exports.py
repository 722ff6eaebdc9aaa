"""Take away what the list shows."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from shared.clock import today
from shared.refusals import NotAllowed, Refusal
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.members.actions.exporting import ROWS_WITHOUT_REASON
from workspace.members.actions.exporting import export as take_away
from workspace.members.forms.filters import RegisterFilters
from workspace.members.queries.register import register, units_to_choose
from workspace.members.queries.visibility import members_where


class MayNotExport(NotAllowed):
    message = _("您没有导出名册的权限。请联系单位管理员。")


class ExportForm(forms.Form):
    form = forms.ChoiceField(
        label=_("格式"), choices=[("xlsx", _("Excel（官方列，可再导入）")), ("csv", "CSV")], widget=forms.RadioSelect
    )
    whole = forms.BooleanField(label=_("包含完整的身份证号、手机号和住址"), required=False)
    reason = forms.CharField(
        label=_("用途"),
        required=False,
        max_length=200,
        help_text=_("超过 200 人或包含完整号码时必填。每次导出都留下记录。"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """The same narrowing as the list, from the same address; asks how and why, then sends the file."""
    user: User = request.user  # type: ignore[assignment]
    if not may(user, "member.export"):
        raise MayNotExport
    filters = RegisterFilters(request.GET, units=units_to_choose(user, "member.export"))
    members = register(user, filters.narrowing(), on=today()) & members_where(user, "member.export")
    members = members.order_by("unit__path", "pinyin", "pk")
    form = ExportForm(request.POST or None, initial={"form": "xlsx"})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            file = take_away(
                members, form=said["form"], whole=said["whole"], reason=said["reason"], by=user, on=today()
            )
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
        else:
            response = HttpResponse(file.data, content_type=file.content_type)
            response["Content-Disposition"] = f'attachment; filename="members-{today():%Y%m%d}.{file.ending}"'
            return response
    context = {"form": form, "count": members.count(), "limit": ROWS_WITHOUT_REASON}
    return render(request, "members/export.html", context, status=422 if form.errors else 200)
