"""The generation of what readers get: a number that is another one after every commit that changes it."""

from django.db import models


class Generation(models.Model):
    """One row, written by triggers alone (`cms.generation`), so that no code path can forget it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.number)
