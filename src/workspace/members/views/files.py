"""A personal file as PDF or JSON: one's own at once, somebody else's with a form before it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shared.clock import now
from shared.http import Request
from shared.refusals import Refusal
from workspace.members.actions.taking_files import take_file
from workspace.members.forms.exports import FileForm
from workspace.members.models import Member
from workspace.members.queries.visibility import member_for
from workspace.members.responses import attached


@login_required
@require_POST
def own(request: Request) -> HttpResponse:
    """In full, as PDF."""
    found = Member.objects.select_related("unit").filter(user=request.user.pk).first()
    if found is None:
        return render(request, "members/me_unknown.html", status=404)
    return attached(take_file(found, form="pdf", whole=True, reason="", by=request.user, at=now()), name="file")


@login_required
@require_http_methods(["GET", "POST"])
def file(request: Request, pk: int) -> HttpResponse:
    """For whoever may export the member: masked, or in full with a reason."""
    found = member_for(request.user, pk, to="member.export")
    form = FileForm(request.POST or None, initial={"form": "pdf"})
    if form.is_valid():
        try:
            return attached(take_file(found, **form.cleaned_data, by=request.user, at=now()), name="file")
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
    context = {
        "form": form,
        "member": found,
        "title": _("导出个人档案"),
        "submit": _("导出"),
        "note": _("基本情况、经过、任职、表彰；学时和党费按您的权限列出。导出会留下记录。"),
    }
    return render(request, "members/small.html", context, status=422 if form.errors else 200)
