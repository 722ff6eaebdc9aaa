"""A workspace schema that nobody has yet (备用空间)."""

from django.db import models

from provisioning.models.signup import Signup


class Spare(models.Model):
    """A schema with its role, empty tables in it once `head` says of which release. It holds no row of anybody's, but
    where it is laid out: then it holds what the workspace of one sign-up begins with."""

    schema_name = models.CharField(max_length=18, unique=True)
    head = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    laid_for = models.OneToOneField(Signup, on_delete=models.SET_NULL, null=True, related_name="spare")
    laid_out = models.CharField(max_length=64, blank=True, db_default="")  # digest of what its rows were made of
    laid_at = models.DateTimeField(null=True)
    # The workspace's own from here on: what is sealed in the rows was sealed for it.
    uuid = models.UUIDField(null=True)
    sealed_key = models.BinaryField(null=True)

    def __str__(self) -> str:
        return self.schema_name
