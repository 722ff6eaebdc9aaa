from workspace.transfers.models.absence import Absence
from workspace.transfers.models.transfer import Transfer

__all__ = ["Absence", "Transfer"]
