"""All tables as a workbook."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.clock import now
from shared.http import Request
from workspace.statistics import actions
from workspace.statistics.reading import asked

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def export(request: Request) -> HttpResponse:
    """Counts only, nobody's name; written down before it leaves."""
    book = asked(request.user, request.GET)
    data = actions.export(book, by=request.user, at=now())
    name = _("党内统计-{unit}-{day}").format(unit=book.reach.unit, day=book.reach.days.on.isoformat())
    response = HttpResponse(data, content_type=_SHEET)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.xlsx") or ""
    return response
