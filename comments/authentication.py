"""The author's token as a way to say who calls: only whether one was sent; whose it is, the verbs decide."""

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

PREFIX = "ka_"
_LONGEST = 100


class AuthorToken(BaseAuthentication):
    """`Authorization: Bearer ka_…` (RFC 6750). `request.auth` is the token in clear; there is no user behind it."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, str] | None:
        """None when no bearer token was sent. Raises AuthenticationFailed for one that is not an author's."""
        scheme, _, sent = get_authorization_header(request).decode("latin-1").strip().partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = sent.strip()
        if not token.startswith(PREFIX) or not token.isascii() or len(token) > _LONGEST:
            raise AuthenticationFailed("This is not an author's token; those begin with ka_.")
        return AnonymousUser(), token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="author"'
