from workspace.organization.models.change import Change
from workspace.organization.models.unit import Unit, UnitManager, UnitQuerySet

__all__ = ["Change", "Unit", "UnitManager", "UnitQuerySet"]
