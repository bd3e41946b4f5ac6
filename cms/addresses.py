"""Where a request comes from: the client's address behind trusted proxies only, and its keyed digest."""

import ipaddress
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request

from cms import clock
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

    An IPv6 address counts by its /64, the smallest network that a household is given.
    """
    return mac(_network(address), settings.DIGEST_KEYS, f"address/{day.isoformat()}")


def disguised_address(request: Request | HttpRequest) -> str:
    """settings.AXES_CLIENT_IP_CALLABLE: the day's digest of the client's address, in the form of an IPv6 address.

    Sign-in attempts are counted by it in a column that takes addresses only, and the address itself is kept nowhere.
    """
    digest = address_digest(client_address(request), clock.now().date())
    return str(ipaddress.IPv6Address(int(digest[:32], 16)))


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


def _network(address: str) -> str:
    parsed = ipaddress.ip_address(address)
    return str(ipaddress.ip_network((address, 64), strict=False)) if parsed.version == 6 else str(parsed)
