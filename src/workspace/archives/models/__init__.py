from workspace.archives.models.archive import Archive
from workspace.archives.models.schedule import Schedule

__all__ = ["Archive", "Schedule"]
