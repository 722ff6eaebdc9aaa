"""The gaps as a sheet to fill in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shared.http import Request
from shared.refusals import Refusal
from workspace.access.queries import may
from workspace.members.actions.exporting import VERB, MayNotExport
from workspace.members.queries.visibility import members_where
from workspace.quality import actions
from workspace.quality.reading import asked
from workspace.quality.survey import Survey

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_POST
def gaps(request: Request) -> HttpResponse:
    """Of those whom the person may take away; of more than two hundred with a purpose."""
    unit, survey = asked(request.user, request.POST.get("unit", ""))
    if not may(request.user, VERB, unit):
        raise MayNotExport
    survey = Survey(survey.members & members_where(request.user, VERB), survey.on, survey.at)
    try:
        data = actions.export_gaps(survey, unit, reason=request.POST.get("reason", ""), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('quality:overview')}?unit={unit.pk}")
    response = HttpResponse(data, content_type=_SHEET)
    name = _("待补全-{unit}").format(unit=unit)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.xlsx") or ""
    return response
