"""What letters to readers rest on: an address that waits to be confirmed, and answers that are still to be told of.

Private, and without a word of anybody. Delivery may not import this.
"""

from django.db import models

from comments.models.private import Contact


class Confirmation(models.Model):
    """A letter asked whether an address is its owner's wish. `token_sha256` is of what the link in it carries."""

    contact = models.OneToOneField(
        Contact, primary_key=True, on_delete=models.CASCADE, related_name="confirmation"
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.contact_id)


class Notice(models.Model):
    """`reply` answers somebody who wants to know. Told once for good: then `contact` is empty and the row stays."""

    reply = models.OneToOneField(
        "comments.Comment", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="notices")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.reply_id)
