"""What can happen to a unit. Each verb is one transaction and leaves a line in the record."""

from workspace.organization.actions.changing import CannotTurnInto, change
from workspace.organization.actions.chronicle import AboveTooYoung, BeforeItExisted, InTheFuture, OutOfOrder
from workspace.organization.actions.closing import AlreadyClosed, NotClosed, StillHolds, UnderClosed, close, reopen
from workspace.organization.actions.converting import convert
from workspace.organization.actions.creation import create
from workspace.organization.actions.dating import BeganTooLate
from workspace.organization.actions.locking import ChangedMeanwhile
from workspace.organization.actions.merging import NotAlike, NothingToMerge, StandsAbove, merge
from workspace.organization.actions.moving import AlreadyThere, IntoItself, RootStays, move
from workspace.organization.actions.ordering import AtTheEdge, shift
from workspace.organization.actions.parting import CannotTakePeople, NoParts, NotThere, Part, TakenTwice
from workspace.organization.actions.placing import CannotHold, CodeTaken, NameTaken, ParentClosed
from workspace.organization.actions.sampling import NotASample, SampleInUse, clear_sample
from workspace.organization.actions.splitting import split

__all__ = [
    "AboveTooYoung",
    "AlreadyClosed",
    "AlreadyThere",
    "AtTheEdge",
    "BeforeItExisted",
    "BeganTooLate",
    "CannotHold",
    "CannotTakePeople",
    "CannotTurnInto",
    "ChangedMeanwhile",
    "CodeTaken",
    "InTheFuture",
    "IntoItself",
    "NameTaken",
    "NoParts",
    "NotASample",
    "NotAlike",
    "NotClosed",
    "NotThere",
    "NothingToMerge",
    "OutOfOrder",
    "ParentClosed",
    "Part",
    "RootStays",
    "SampleInUse",
    "StandsAbove",
    "StillHolds",
    "TakenTwice",
    "UnderClosed",
    "change",
    "clear_sample",
    "close",
    "convert",
    "create",
    "merge",
    "move",
    "reopen",
    "shift",
    "split",
]
