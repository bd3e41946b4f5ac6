"""Identifiers: UUID version 7 (RFC 9562), ordered by creation time."""

import uuid

import uuid_utils


def uuid7() -> uuid.UUID:
    """A new UUIDv7 as the standard library's type, which is what Django's fields compare with."""
    return uuid.UUID(int=uuid_utils.uuid7().int)
