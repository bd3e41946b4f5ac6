"""Keys that the service makes for itself and forgets again."""

from django.db import models


class AddressKey(models.Model):
    """The random key under which network addresses are digested on one day (UTC). The next day's takes its place."""

    day = models.DateField(primary_key=True)
    key = models.BinaryField()

    def __str__(self) -> str:
        return str(self.day)
