"""What an address asks for: which of the six, which unit, which period."""

from django.http import Http404

from shared.clock import today
from shared.http import Request
from workspace.indicators import queries, spans
from workspace.indicators.dashboards import KINDS
from workspace.indicators.reach import Reach
from workspace.indicators.values import Kind
from workspace.organization.models import Unit


def kind_named(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def asked(request: Request) -> Reach:
    """`?unit=` and `?period=`; the highest unit and the running year without them. 404 for what is not theirs."""
    typed = request.GET.get("unit", "")
    unit = queries.get_unit(_key(typed), user=request.user)
    on = today()
    return Reach(unit, spans.of_code(request.GET.get("period", ""), on=on), on)


def _key(typed: str) -> int | None:
    """The key in an address; None when there is none. Something that is no key is nobody's."""
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and len(typed) < 10:
        return int(typed)
    raise Http404


def choosable(reach: Reach, request: Request) -> list[tuple[Unit, str]]:
    """Units for the chooser, indented as deep as they stand: those above that the reader may open, the unit, the next
    level below, in tree order."""
    above = list(queries.units_seen(request.user).above(reach.unit))
    chain = [*above, reach.unit]
    levels = [(unit, level) for level, unit in enumerate(chain)]
    levels += [(unit, len(chain)) for unit in reach.parts if unit.closed_on is None]
    return [(unit, INDENT * level) for unit, level in levels]


INDENT = "\u3000"  # full-width: no browser folds it
