"""Merge two entries of one person, and take it back."""

from workspace.members.actions.merging.finding import entry_for
from workspace.members.actions.merging.merging import merge
from workspace.members.actions.merging.planning import Plan, plan
from workspace.members.actions.merging.refusals import InTheWay, SamePerson, Unforeseen
from workspace.members.actions.merging.undoing import undo

__all__ = ["InTheWay", "Plan", "SamePerson", "Unforeseen", "entry_for", "merge", "plan", "undo"]
