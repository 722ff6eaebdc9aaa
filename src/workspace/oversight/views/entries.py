"""`/audit/`: who did what to which thing, when and from where."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.clock import today
from shared.exports import list_response
from shared.http import Request
from workspace.audit.models import Entry
from workspace.organization.models import Unit
from workspace.oversight import exporting, words
from workspace.oversight.forms import EntryFilters, key_of
from workspace.oversight.queries import listing
from workspace.oversight.queries.standing import standing
from workspace.oversight.queries.visibility import entries_seen_by, entry_seen_by, names_shown_to, sees_all
from workspace.oversight.shown import Shown


@login_required
@require_safe
def index(request: Request) -> HttpResponse:
    """Newest first, narrowed by the filters; `?before=` and `?after=` lead on."""
    rows = entries_seen_by(request.user)
    filters = EntryFilters(request.GET, reader=request.user)
    wanted = filters.wanted
    names = names_shown_to(request.user)
    found = listing.narrowed(rows, wanted, names)
    page = listing.page(found, before=key_of(request.GET, "before"), after=key_of(request.GET, "after"))
    units = _units(page.rows)
    how = standing() if sees_all(request.user) else None
    context = {
        "filters": filters,
        "is_filtered": any(request.GET.get(name) for name in filters.fields),
        "rows": [Shown(row, named=names.in_line(row), unit=units.get(row.unit or 0, "")) for row in page.rows],
        "page": page,
        "standing": how,
        "fault": words.FAULTS.get(how.fault, how.fault) if how else "",
        "most": listing.MOST_EXPORTED,
    }
    return render(request, "oversight/entries.html", context)


@login_required
@require_safe
def entry(request: Request, pk: int) -> HttpResponse:
    """One line: what changed, from where, and its place in the chain."""
    found = entry_seen_by(request.user, pk)
    named = names_shown_to(request.user).in_line(found)
    shown = Shown(found, named=named, unit=_units([found]).get(found.unit or 0, ""))
    return render(request, "oversight/entry.html", {"shown": shown})


@login_required
@require_safe
def export(request: Request) -> HttpResponse:
    """What the list shows, all pages of it. `?form=xlsx|csv`."""
    wanted = EntryFilters(request.GET, reader=request.user).wanted
    form = request.GET.get("form", "")
    lines = exporting.export(wanted, form=form, by=request.user)
    return list_response(form, f"{_('审计记录')}-{today():%Y%m%d}", exporting.header(), lines)


def _units(rows: list[Entry]) -> dict[int, str]:
    keys = {row.unit for row in rows if row.unit}
    return {unit.pk: str(unit) for unit in Unit.objects.filter(pk__in=keys)}
