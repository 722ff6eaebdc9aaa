from workspace.appraisal.models.appraisal import Appraisal, AppraisalQuerySet

__all__ = ["Appraisal", "AppraisalQuerySet"]
