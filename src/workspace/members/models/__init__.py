from workspace.members.models.appointment import Appointment
from workspace.members.models.member import Member

__all__ = ["Appointment", "Member"]
