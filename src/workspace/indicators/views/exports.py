"""Take a dashboard away."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from shared.http import Request
from workspace.indicators import sheets
from workspace.indicators.views.reading import asked, kind_named


@login_required
@require_safe
def export(request: Request, name: str, form: str) -> HttpResponse:
    """What the page shows, as a workbook or as CSV."""
    board = kind_named(name).build(asked(request))
    file_name = f"{board.kind.title}-{board.reach.unit}-{board.reach.span.code}.{form}"
    response = HttpResponse(sheets.FORMS[form](board), content_type=sheets.CONTENT_TYPES[form])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file_name) or ""
    return response
