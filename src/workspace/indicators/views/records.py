"""The rows behind a figure."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.components import Empty, Table
from shared.http import Request
from workspace.indicators import links
from workspace.indicators.views.reading import asked, kind_named


@login_required
@require_safe
def records(request: Request, name: str, key: str) -> HttpResponse:
    """What a figure counted, as far as the reader may open it."""
    kind = kind_named(name)
    source = kind.records.get(key)
    if source is None:
        raise Http404
    reach = asked(request)
    listing = source(reach, request.user)
    table = Table(
        request,
        listing.rows,
        listing.columns,
        caption=listing.title,
        sort=listing.sort,
        empty=Empty(title=_("这一时期没有记录"), text=_("换一个时期或组织看看。")),
    )
    crumbs = [
        (_("六个一目了然"), links.to("indicators:overview", unit=reach.unit.pk, period=reach.span.code)),
        (str(kind.title), links.dashboard(name, reach)),
        (str(listing.title), ""),
    ]
    context = {"kind": kind, "reach": reach, "listing": listing, "table": table, "crumbs": crumbs}
    return render(request, "indicators/records.html", context)
