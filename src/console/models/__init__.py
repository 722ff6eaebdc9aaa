"""What the operators keep: counts that workspaces gave, and what operators did. No row tells of a person's doings."""

from console.models.alarm import Alarm
from console.models.collection import Collection
from console.models.entry import OperatorEntry
from console.models.platform_day import PlatformDay
from console.models.proposal import Proposal
from console.models.queue import Database, QueueJob, QueueWorker
from console.models.standing import Stage, Standing, Step
from console.models.usage_day import UsageDay

__all__ = [
    "Alarm",
    "Collection",
    "Database",
    "OperatorEntry",
    "PlatformDay",
    "Proposal",
    "QueueJob",
    "QueueWorker",
    "Stage",
    "Standing",
    "Step",
    "UsageDay",
]
