"""Who sends, as far as limits count: the day's digest of an address, which a frontend's server may name for its reader.

The address is the connection's own, unless a token of scope `comments:relay` comes with `Reader-Address`. Nothing else
of these views looks at credentials.
"""

import ipaddress
from datetime import datetime

from rest_framework.request import Request

from cms.addresses import address_digest, client_address
from cms.authentication import BearerToken
from cms.errors import FieldError, Malformed, NotAllowed
from cms.roles import may

RELAY, SCOPE = "comment.relay", "comments:relay"


class TakesRelays:
    """For a view that takes `Reader-Address`: a token that is refused is a 401 that says which kind is meant."""

    def get_authenticate_header(self, request: Request) -> str:
        return BearerToken().authenticate_header(request)


def sender_digest(request: Request, now: datetime) -> str:
    """64 hexadecimal digits; see `cms.addresses.address_digest`.

    Raises AuthenticationFailed for a wrong token, NotAllowed for one that may not relay, Malformed for no address.
    """
    return address_digest(_relayed(request) or client_address(request), now.date())


def _relayed(request: Request) -> str | None:
    """The address in Reader-Address, from a token that may say it; anybody else's header is not even read."""
    named = request.META.get("HTTP_READER_ADDRESS")
    signed_in = BearerToken().authenticate(request) if named is not None else None
    if named is None or signed_in is None:
        return None
    user, token = signed_in
    if SCOPE not in token.scopes or not may(user, RELAY, token.scopes):
        raise NotAllowed(
            f"Reader-Address needs a token of scope {SCOPE}, of a moderator or an administrator.",
            required_scope=SCOPE,
        )
    try:
        if "%" in named:  # a zone means something on the relay's own machine only
            raise ValueError("an address with a zone")
        address = ipaddress.ip_address(named.strip())
        return str(getattr(address, "ipv4_mapped", None) or address)
    except ValueError:
        sentence = "Reader-Address holds one IPv4 or IPv6 address."
        raise Malformed(
            sentence,
            code="invalid_header",
            errors=(FieldError("invalid_header", sentence, parameter="Reader-Address"),),
        ) from None
