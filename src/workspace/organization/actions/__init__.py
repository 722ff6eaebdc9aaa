"""What can happen to a unit. Each verb is one transaction and leaves a line in the record."""

from workspace.organization.actions.changing import CannotTurnInto, change
from workspace.organization.actions.closing import AlreadyClosed, NotClosed, StillHolds, UnderClosed, close, reopen
from workspace.organization.actions.creation import create
from workspace.organization.actions.locking import ChangedMeanwhile
from workspace.organization.actions.moving import AlreadyThere, IntoItself, RootStays, move
from workspace.organization.actions.ordering import AtTheEdge, shift
from workspace.organization.actions.placing import CannotHold, CodeTaken, NameTaken, ParentClosed
from workspace.organization.actions.sampling import NotASample, SampleInUse, clear_sample

__all__ = [
    "AlreadyClosed",
    "AlreadyThere",
    "AtTheEdge",
    "CannotHold",
    "CannotTurnInto",
    "ChangedMeanwhile",
    "CodeTaken",
    "IntoItself",
    "NameTaken",
    "NotASample",
    "NotClosed",
    "ParentClosed",
    "RootStays",
    "SampleInUse",
    "StillHolds",
    "UnderClosed",
    "change",
    "clear_sample",
    "close",
    "create",
    "move",
    "reopen",
    "shift",
]
