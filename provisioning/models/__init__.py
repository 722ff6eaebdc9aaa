from provisioning.models.closing import Closing, ClosingStep
from provisioning.models.fleet import FleetRun, FleetTurn, Upgrade
from provisioning.models.invitation import PartnerInvitation
from provisioning.models.mailing import Mailing
from provisioning.models.opening import Opening, OpeningStep
from provisioning.models.release import Release
from provisioning.models.restoring import Restoring, RestoringStep
from provisioning.models.seed_image import SeedImage
from provisioning.models.signup import Signup
from provisioning.models.signup_event import SignupEvent
from provisioning.models.spare import Spare

__all__ = [
    "Closing",
    "ClosingStep",
    "FleetRun",
    "FleetTurn",
    "Mailing",
    "Opening",
    "OpeningStep",
    "PartnerInvitation",
    "Release",
    "Restoring",
    "RestoringStep",
    "SeedImage",
    "Signup",
    "SignupEvent",
    "Spare",
    "Upgrade",
]
