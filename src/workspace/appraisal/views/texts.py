"""What members wrote, for the committee of the branch; and the note that a paper was handed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shared.clock import today
from shared.http import Request
from workspace.access.queries import may
from workspace.appraisal.actions import writing
from workspace.appraisal.queries.progress import is_writing
from workspace.appraisal.queries.texts import papers
from workspace.appraisal.queries.visibility import HANDLE, appraisal_to_handle, appraisal_to_read


@login_required
@require_safe
def texts(request: Request, pk: int) -> HttpResponse:
    """Person by person: the self-review, and what the others said."""
    found = appraisal_to_read(request.user, pk)
    may_note = found.is_running and is_writing(found) and may(request.user, HANDLE, found.unit)
    context = {"appraisal": found, "papers": papers(found), "may_note": may_note}
    return render(request, "appraisal/texts.html", context)


@login_required
@require_POST
def paper(request: Request, pk: int, member: int) -> HttpResponse:
    """A self-review was handed in on paper; `back=1` takes the note back."""
    found = appraisal_to_handle(request.user, pk)
    back = bool(request.POST.get("back"))
    writing.note_paper(found, member, by=request.user, on=today(), back=back)
    messages.success(request, _("已撤销。") if back else _("已登记：交了纸质自评。"))
    return redirect("appraisal:texts", found.pk)
