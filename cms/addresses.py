"""Where a request comes from: the client's address behind trusted proxies only, and its keyed digest."""

import hashlib
import hmac
import ipaddress
import secrets
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request

from cms import clock
from cms.models import AddressKey
from cms.sealing import mac

UNKNOWN = "::"
"""The unspecified address: for a server behind a Unix socket whose proxy sends none."""


def client_address(request: Request | HttpRequest) -> str:
    """The address of whoever spoke to the outermost of `settings.TRUSTED_PROXIES` proxies.

    Each proxy appends the address that spoke to it to X-Forwarded-For; entries further left are the client's
    own words and are not believed. With no trusted proxy the header is not read at all.
    """
    connected = _address(request.META.get("REMOTE_ADDR", ""))
    trusted = settings.TRUSTED_PROXIES
    if not trusted:
        return connected or UNKNOWN
    header = request.META.get("HTTP_X_FORWARDED_FOR", "")
    chain = [_address(part) for part in header.split(",") if part.strip()] + [connected]
    return chain[max(0, len(chain) - 1 - trusted)] or connected or UNKNOWN


def address_digest(address: str, day: date) -> str:
    """A keyed digest of an address that is good for one day (UTC), 64 hexadecimal digits.

    HMAC-SHA256 under the site's DIGEST_KEY, then under a random key of the day that is deleted when the day is over:
    from then on nobody, the site included, can tell whose digest it was, or that two of different days are one's.
    An IPv6 address counts by its /64, the smallest network that a household is given.
    """
    inner = mac(network(address), settings.DIGEST_KEYS, "address")
    return hmac.new(_key_of(day), inner.encode(), hashlib.sha256).hexdigest()


def forget_keys_before(day: date) -> int:
    """Delete the keys of earlier days; returns how many."""
    return AddressKey.objects.filter(day__lt=day).delete()[0]


def disguised_address(request: Request | HttpRequest) -> str:
    """settings.AXES_CLIENT_IP_CALLABLE: the day's digest of the client's address, in the form of an IPv6 address.

    Sign-in attempts are counted by it in a column that takes addresses only, and the address itself is kept nowhere.
    """
    digest = address_digest(client_address(request), clock.now().date())
    return str(ipaddress.IPv6Address(int(digest[:32], 16)))


_known: tuple[date, bytes] | None = None
"""The key of the day that this process last asked for: one and no more, so that none outlives its day for long."""


def _key_of(day: date) -> bytes:
    """The day's key, the same for all processes; whoever needs it first makes it and deletes the earlier ones."""
    global _known
    known = _known
    if known is None or known[0] != day:
        known = _known = day, _kept_key(day)
    return known[1]


def _kept_key(day: date) -> bytes:
    kept = AddressKey.objects.filter(day=day).values_list("key", flat=True)
    if (key := kept.first()) is None:
        fresh = AddressKey(day=day, key=secrets.token_bytes(32))
        AddressKey.objects.bulk_create([fresh], ignore_conflicts=True)
        forget_keys_before(day)
        key = kept.get()
    return bytes(key)


def _address(text: str) -> str:
    """The address in its shortest form, without port, brackets or zone; empty when it is none."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)


def network(address: str) -> str:
    """What counts as one caller: an IPv4 address, or the /64 of an IPv6 address. In clear: keep only digests of it."""
    parsed = ipaddress.ip_address(address)
    return str(ipaddress.ip_network((address, 64), strict=False)) if parsed.version == 6 else str(parsed)
