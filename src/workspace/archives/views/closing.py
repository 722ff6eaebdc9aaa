"""`/archives/closing/`: close the whole workspace, or keep it after all."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shared.http import Request
from shared.workspace import current_workspace
from workspace.archives import closing
from workspace.archives.queries import archives_for


class ClosingForm(forms.Form):
    """Why, and the organisation's name typed."""

    reason = forms.CharField(label=gettext_lazy("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    confirmed = forms.CharField(label=gettext_lazy("确认"), max_length=120)

    def __init__(self, *args: object, name: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.name = name
        self.fields["confirmed"].label = _("请输入单位名称“{name}”以确认").format(name=name)
        self.fields["confirmed"].widget.attrs["autocomplete"] = "off"

    def clean_confirmed(self) -> str:
        typed: str = self.cleaned_data["confirmed"].strip()
        if typed != self.name:
            raise forms.ValidationError(_("与单位名称不一致，请照原样输入。"), code="mismatch")
        return typed


class StayForm(forms.Form):
    """Why it goes on."""

    reason = forms.CharField(label=gettext_lazy("撤销的原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: Request) -> HttpResponse:
    """What closing means, and the form that asks for it; while it lasts, the one that takes it back."""
    archives_for(request.user)
    workspace = current_workspace()
    stays = workspace.closes_at is not None
    form = StayForm(request.POST or None) if stays else ClosingForm(request.POST or None, name=workspace.name)
    if form.is_valid():
        verb = closing.ask_to_stay if stays else closing.ask
        verb(by=request.user, reason=form.cleaned_data["reason"])
        said = (
            _("已提交，一分钟内恢复正常使用。") if stays else _("已提交，一分钟内变为只读；在期限内可以回到这里撤销。")
        )
        messages.success(request, said)
        return redirect("archives:closing")
    context = {
        "form": form,
        "closes_at": workspace.closes_at,
        "grace": settings.CLOSING_GRACE_DAYS,
        "kept": settings.CLOSED_ARCHIVE_DAYS,
    }
    return render(request, "archives/closing.html", context, status=422 if form.errors else 200)
