"""An address that somebody had (旧网址)."""

from django.db import models


class Tombstone(models.Model):
    """Nobody else gets the slug before `free_at`, so that an old link never leads to a stranger (security.md §3). None
    while the workspace that had it still answers there too."""

    slug = models.CharField(max_length=32, unique=True)
    tenant_uuid = models.UUIDField()
    buried_at = models.DateTimeField()
    free_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.slug
