"""The six (六个一目了然), in the order people know them by."""

from workspace.indicators.dashboards import (
    contribution,
    departments,
    development,
    first_responsible,
    responsibility,
    vitality,
)
from workspace.indicators.values import Kind

_MODULES = (responsibility, first_responsible, departments, contribution, vitality, development)

KINDS: dict[str, Kind] = {module.KIND.name: module.KIND for module in _MODULES}
