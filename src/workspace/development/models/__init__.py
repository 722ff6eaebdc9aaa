from workspace.development.models.case import Case, CaseQuerySet
from workspace.development.models.quota import Quota
from workspace.development.models.step import Step

__all__ = ["Case", "CaseQuerySet", "Quota", "Step"]
