"""A release of the workspace schema, rendered once as SQL."""

from django.db import models


class Release(models.Model):
    """`statements` are unqualified DDL in the order Django emitted them; `head` digests the migrations behind it."""

    head = models.CharField(max_length=64, unique=True)
    statements = models.JSONField()
    migrations = models.JSONField()  # [[app, name], …] for the workspace's own django_migrations
    # {"app.name": digest of its text}, to say which migration was edited; empty in releases rendered before it was kept
    sources = models.JSONField(default=dict)
    tables = models.PositiveIntegerField()
    rendered_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.head[:12]
