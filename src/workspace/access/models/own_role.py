"""A role that a workspace made for itself (自建角色)."""

from django.db import models
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

PREFIX = "own-"
# A role's code as the database writes it, to be met by `Grant.role`.
CODE = Concat(Value(PREFIX), Cast("pk", CharField()))


class OwnRoleQuerySet(models.QuerySet["OwnRole"]):
    def of_code(self, code: str) -> "OwnRoleQuerySet":
        """The one that a grant means; none for a built-in role."""
        number = code.removeprefix(PREFIX)
        return self.filter(pk=int(number)) if code.startswith(PREFIX) and number.isdecimal() else self.none()


class OwnRole(models.Model):
    """A name for a set of permissions. Its code stands in `Grant.role`, as that of a built-in role does."""

    name = models.CharField(max_length=40)
    verbs = models.JSONField(default=list)  # of party work only; sorted

    objects = OwnRoleQuerySet.as_manager()

    class Meta:
        db_table = "access_role"

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        return f"{PREFIX}{self.pk}"
