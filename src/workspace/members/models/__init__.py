from workspace.members.models.appointment import Appointment
from workspace.members.models.batch import Batch
from workspace.members.models.correction import Correction
from workspace.members.models.event import Event
from workspace.members.models.member import Member
from workspace.members.models.row import Row

__all__ = ["Appointment", "Batch", "Correction", "Event", "Member", "Row"]
