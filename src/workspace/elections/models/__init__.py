from workspace.elections.models.election import Election, ElectionQuerySet

__all__ = ["Election", "ElectionQuerySet"]
