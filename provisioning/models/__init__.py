from provisioning.models.fleet import FleetRun, FleetTurn, Upgrade
from provisioning.models.invitation import PartnerInvitation
from provisioning.models.mailing import Mailing
from provisioning.models.opening import Opening, OpeningStep
from provisioning.models.release import Release
from provisioning.models.signup import Signup
from provisioning.models.signup_event import SignupEvent

__all__ = [
    "FleetRun",
    "FleetTurn",
    "Mailing",
    "Opening",
    "OpeningStep",
    "PartnerInvitation",
    "Release",
    "Signup",
    "SignupEvent",
    "Upgrade",
]
