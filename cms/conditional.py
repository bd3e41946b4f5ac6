"""Conditional requests as HTTP spells them (RFC 9110, section 13): If-Match, If-None-Match, entity tags."""

import hashlib
import re

from django.http import HttpRequest
from rest_framework.request import Request

from cms.errors import Malformed, PreconditionMissing
from cms.preconditions import IfMatch

_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_LIST = re.compile(rf"\s*{_TAG}(?:\s*,\s*{_TAG})*\s*")
_ONE = re.compile(_TAG)
_COMPRESSED = re.compile(r'[-;](?:gzip|br|zstd|deflate)"$')


def if_match(request: Request | HttpRequest) -> IfMatch:
    """The tags of If-Match. A weak prefix or a suffix such as `-gzip`, which compressing proxies add, is taken off.

    Raises PreconditionMissing without the header, Malformed for `*` (code `if_match_star`) or another form.
    """
    header = request.META.get("HTTP_IF_MATCH", "").strip()
    if not header:
        raise PreconditionMissing(
            "Send If-Match with the ETag that you last read, so that no work is overwritten."
        )
    if header == "*":
        raise Malformed("If-Match: * would overwrite whatever is there. Send the ETag.", code="if_match_star")
    if not _LIST.fullmatch(header):
        raise Malformed(
            'If-Match holds one or more ETags in quotes, for instance "r7-31".', code="if_match_invalid"
        )
    return IfMatch(tuple(_plain(tag) for tag in _ONE.findall(header)))


def etag_of(body: bytes) -> str:
    """A strong entity tag of these bytes: 32 hexadecimal digits of their SHA-256, in quotes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def not_modified(request: Request | HttpRequest, etag: str) -> bool:
    """Whether If-None-Match names `etag` by weak comparison, or is `*`. An unreadable header matches nothing."""
    return names(request.META.get("HTTP_IF_NONE_MATCH", ""), etag)


def names(header: str, etag: str) -> bool:
    """The same of the header's value."""
    header = header.strip()
    if header == "*":
        return True
    return _plain(etag) in {_plain(tag) for tag in _ONE.findall(header)}


def _plain(tag: str) -> str:
    return _COMPRESSED.sub('"', tag.removeprefix("W/"))
