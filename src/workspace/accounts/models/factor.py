"""A second factor (双因素验证): a secret shared with an app, and codes on paper for a lost phone."""

from django.db import models

from workspace.accounts.models.user import User


class Factor(models.Model):
    """At most one a person. Until `confirmed_at` it is only offered: nobody has shown yet that the app works."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="factor")
    secret = models.CharField(max_length=200)  # sealed: see `accounts.sealing`
    confirmed_at = models.DateTimeField(null=True)
    # The newest 30-second step that was accepted; a code is good once (RFC 6238, section 5.2).
    last_step = models.BigIntegerField(default=0)
    recovery = models.JSONField(default=list)  # hashes of the codes that are left

    def __str__(self) -> str:
        return str(self.user)
