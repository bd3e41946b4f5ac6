"""Who works here: users, and the tokens that programs use in their name. Roles are Django groups (`cms.roles`)."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from knox.models import AbstractAuthToken

from cms.ids import uuid7


class User(AbstractUser):
    """Somebody who signs in. What readers may know of a person is a catalogue entry, never this row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    def __str__(self) -> str:
        return self.username


class ApiToken(AbstractAuthToken):
    """A program's token: stored as a digest, shown once, expiring; `scopes` narrows what its user may do."""

    id = models.UUIDField(default=uuid7, editable=False, unique=True)
    name = models.CharField(max_length=100)
    scopes = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name
