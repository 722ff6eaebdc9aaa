"""Record what happened to a member, and take it back."""

from workspace.members.actions.events.happening import happen, happen_many
from workspace.members.actions.events.registering import register_many
from workspace.members.actions.events.voiding import void
from workspace.members.actions.events.writing import Happening

__all__ = ["Happening", "happen", "happen_many", "register_many", "void"]
