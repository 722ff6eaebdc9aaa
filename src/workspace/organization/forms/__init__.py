"""Text into values for the unit pages."""

from workspace.organization.forms.closing import ClosingForm
from workspace.organization.forms.facts import FactsForm
from workspace.organization.forms.place import PlaceForm

__all__ = ["ClosingForm", "FactsForm", "PlaceForm"]
