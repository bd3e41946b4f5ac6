"""What somebody asks about an address by letter: to manage, export or erase what is kept, or to get no more letters.

Private. Delivery may not import this.
"""

from django.db import models

from cms.ids import uuid7
from comments.models.private import Contact

PURPOSES = ("manage", "export", "erase", "stop_mail")


class ContactRequest(models.Model):
    """One request. `token_sha256` is of what the link in the letter carries; it is good once, until `expires_at`.

    `contact` is null where the address that was typed is not known: the row is written all the same, so that nothing
    tells the two apart, and no letter goes. The rows of a contact go with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="requests")
    purpose = models.CharField(max_length=9)
    locale = models.CharField(max_length=35)
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(purpose__in=PURPOSES), name="contactrequest_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
