"""A person's own calendar address (日历订阅)."""

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """The secret of the address is kept only as a digest: whoever reads the table cannot read anybody's calendar."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.user)
