"""What may be used once only: form tokens and solved challenges, as digests, until nobody could use them any more.

Private: delivery may not import this.
"""

from django.db import models


class SpentToken(models.Model):
    """One that was used. Nothing in it is readable, and nothing leads from it to a reply.

    `fingerprint` is a keyed digest of the request; `sealed`, with a form token, the answer that was given, which only
    the token itself opens.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    fingerprint = models.CharField(max_length=64, default="")
    sealed = models.BinaryField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest[:8]
