"""Who calls: a program by its token, or a person by the session. Signing in is `cms.accounts`'s."""

from hmac import compare_digest
from typing import Any

from django.http import HttpRequest
from knox.crypto import hash_token
from knox.settings import CONSTANTS
from rest_framework.authentication import (
    BaseAuthentication,
    CSRFCheck,
    SessionAuthentication,
    get_authorization_header,
)
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request, is_form_media_type

from cms import clock
from cms.models import ApiToken, User

PREFIX = "kt_"
_LONGEST = 200
_REFUSED = "The token is wrong, expired or revoked."


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer kt_…` (RFC 6750). `request.auth` is the ApiToken; its `scopes` narrow the user's roles."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """None when no bearer token was sent. Raises AuthenticationFailed, alike for whatever is wrong with it."""
        scheme, _, sent = get_authorization_header(request).decode("latin-1").strip().partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = self._token(sent.strip())
        if token is None or not token.user.is_active:
            raise AuthenticationFailed(_REFUSED)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Kintsugi"'

    def _token(self, sent: str) -> ApiToken | None:
        if not sent.startswith(PREFIX) or not sent.isascii() or len(sent) > _LONGEST:
            return None
        digest = hash_token(sent)
        key = sent[: CONSTANTS.TOKEN_KEY_LENGTH]
        for token in ApiToken.objects.filter(token_key=key).select_related("user"):
            if compare_digest(token.digest, digest):
                return token if token.expiry is None or token.expiry > clock.now() else None
        return None


class Session(SessionAuthentication):
    """The signed-in session of a browser. Every write needs the CSRF token, in `X-CSRFToken` or in the form."""

    def enforce_csrf(self, request: Request) -> None:
        """Raises PermissionDenied with the code `csrf_failed`."""
        plain: HttpRequest = request._request
        if is_form_media_type(plain.META.get("CONTENT_TYPE", "")):
            _ = plain.body  # kept, so that both Django, for its token, and the form's parser can read it
        check = CSRFCheck(_pass)
        check.process_request(plain)
        if check.process_view(plain, _pass, (), {}):
            raise PermissionDenied(
                "The CSRF token is missing or old. Read the page again.", code="csrf_failed"
            )


def _pass(request: HttpRequest) -> Any:
    """CSRFCheck is a middleware and wants something to go on to."""
