"""Identifiers: UUID version 7 (RFC 9562), ordered by creation time."""

import uuid

import uuid_utils


def uuid7() -> uuid.UUID:
    """A new UUIDv7 as the standard library's type, which is what Django's fields compare with."""
    return uuid.UUID(int=uuid_utils.uuid7().int)


def uuid7_text() -> str:
    """A new one in its canonical form, made at once: every answer from memory has one."""
    return str(uuid_utils.uuid7())
