from provisioning.models.opening import Opening, OpeningStep
from provisioning.models.release import Release

__all__ = ["Opening", "OpeningStep", "Release"]
