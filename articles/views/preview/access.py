"""Who may look at previews: the desk by session or token, and whoever holds a link. What they see is a `Sight`."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from articles.actions.previewing import PREFIX, link_of
from articles.models import PreviewLink
from cms import clock
from cms.permissions import ByVerb


class PreviewToken(BaseAuthentication):
    """`Authorization: Bearer kp_…` (RFC 6750). `request.auth` is the link; there is no user behind it."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, PreviewLink] | None:
        """None when another token or none was sent. Raises AuthenticationFailed, alike for whatever is wrong."""
        scheme, _, sent = get_authorization_header(request).decode("latin-1").strip().partition(" ")
        token = sent.strip()
        if scheme.lower() != "bearer" or not token.startswith(PREFIX):
            return None
        link = link_of(token, clock.now())
        if link is None:
            raise AuthenticationFailed(
                "The preview link is wrong, expired, revoked, or shows what is public."
            )
        return AnonymousUser(), link

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="preview"'


class LinkOrDesk(ByVerb):
    """Whoever holds a link, and whoever may by role."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, PreviewLink) or super().has_permission(request, view)
