from provisioning.models.invitation import PartnerInvitation
from provisioning.models.mailing import Mailing
from provisioning.models.opening import Opening, OpeningStep
from provisioning.models.release import Release
from provisioning.models.restoring import Restoring, RestoringStep
from provisioning.models.signup import Signup
from provisioning.models.signup_event import SignupEvent

__all__ = [
    "Mailing",
    "Opening",
    "OpeningStep",
    "PartnerInvitation",
    "Release",
    "Restoring",
    "RestoringStep",
    "Signup",
    "SignupEvent",
]
