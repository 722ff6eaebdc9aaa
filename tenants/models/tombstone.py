"""An address that somebody had (网址墓碑)."""

from django.db import models


class Tombstone(models.Model):
    """Nobody gets the slug before `free_at`, so that an old link never leads to a stranger (security.md §3)."""

    slug = models.CharField(max_length=32, unique=True)
    tenant_uuid = models.UUIDField()
    buried_at = models.DateTimeField()
    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug
