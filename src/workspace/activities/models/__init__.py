"""Meetings and activities (组织生活) and what the regulations ask of a unit in a year."""

from workspace.activities.models.activity import Activity, ActivityQuerySet
from workspace.activities.models.attendance import CheckIn, Participation
from workspace.activities.models.feed import CalendarFeed
from workspace.activities.models.minutes import Minutes, Resolution, Vote
from workspace.activities.models.obligation import Obligation, ObligationQuerySet

__all__ = [
    "Activity",
    "ActivityQuerySet",
    "CalendarFeed",
    "CheckIn",
    "Minutes",
    "Obligation",
    "ObligationQuerySet",
    "Participation",
    "Resolution",
    "Vote",
]
