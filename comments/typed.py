"""An address that somebody types at a terminal, read as one that comes with a reply is."""

import sys

from django.core.management.base import CommandError
from rest_framework.exceptions import ValidationError

from comments.serializers.fields import Address


def typed_address() -> str:
    """The first line of standard input, normalised. Raises CommandError, which does not repeat it."""
    try:
        address: str = Address(max_length=254).run_validation(sys.stdin.readline().strip())
    except ValidationError:
        raise CommandError("Standard input holds no e-mail address.") from None
    return address
