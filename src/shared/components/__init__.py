"""Shapes that templates draw: tables, trees, months, jobs. Build one in a view, draw it with its tag from `ui`."""

from shared.components.jobs import Job
from shared.components.months import Happening, Month
from shared.components.tables import Bulk, Column, Empty, Export, Table
from shared.components.trees import Node

__all__ = ["Bulk", "Column", "Empty", "Export", "Happening", "Job", "Month", "Node", "Table"]
