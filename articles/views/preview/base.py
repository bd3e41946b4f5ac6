"""What every preview does in the place of delivery: it asks who looks, and lets nobody keep the answer."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from articles.actions.previewing import record_use
from articles.models import PreviewLink
from articles.previews import Sight, sight_of_link, sight_of_user
from articles.views.delivery.instants import Instant
from articles.views.preview.access import LinkOrDesk, PreviewToken
from cms import clock, parameters
from cms.authentication import BearerToken, Session
from cms.delivery import DeliveryView
from cms.errors import FieldError, Malformed
from cms.models import User
from cms.parameters import Parameter
from cms.renderers import encode

AT = parameters.instant(
    "The state at this instant. Ahead of now for the desk; a link shows the one instant that it names."
)
UNKEPT = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


class Preview(DeliveryView):
    """Stands before a delivery view among the bases of a class. Signed in or by a link; no ETag, no lease, no cache."""

    authentication_classes = [PreviewToken, BearerToken, Session]
    permission_classes = [LinkOrDesk]
    security_schemes = ("preview", "bearer", "session")
    verbs: ClassVar[Mapping[str, str]] = {"GET": "article.read"}
    leased = False
    common_parameters: ClassVar[Mapping[str, Parameter]] = {}
    link: PreviewLink | None = None

    def perform_authentication(self, request: Request) -> None:
        super().perform_authentication(request)
        self.link = request.auth if isinstance(request.auth, PreviewLink) else None

    @cached_property
    def now(self) -> Any:
        """The second that the whole answer speaks of as the present."""
        return clock.read_instant()

    @cached_property
    def sight(self) -> Sight:
        """What this caller is shown."""
        if self.link is not None:
            return sight_of_link(self.link, self.now)
        return self.sight_of_desk(self.caller)

    @property
    def caller(self) -> User:
        """Who is signed in, where it is not a link that looks: the permission has judged that somebody is."""
        user = self.request.user
        if not isinstance(user, User):
            raise NotAuthenticated
        return user

    def sight_of_desk(self, user: User) -> Sight:
        return sight_of_user(user, self.now)

    def instant(self) -> Instant:
        """What was asked for, else what a link names, else now. Raises Malformed (at_in_future) for another instant."""
        at = self.query.get("at") or self.sight.fixed
        if at is None:
            return Instant(self.now, past=False)
        if self.sight.may_ask(at):
            return Instant(at, past=True)
        sentence = "This link does not show that instant."
        error = FieldError("at_in_future", sentence, parameter="at")
        raise Malformed(sentence, code="at_in_future", errors=(error,))

    def walked(self, instant: Instant, following: datetime | None) -> Instant:
        """What is ahead, and what stands on top, is looked up where it is."""
        return instant

    def transitions(self, instant: Instant) -> tuple[datetime | None, datetime | None]:
        """None: nothing is kept until then, and the pages behind name this second."""
        return None, None

    def link_to_present(self, request: Request, instant: Instant) -> str | None:
        """None: a preview leads to no other place."""
        return None

    def respond(
        self,
        request: Request,
        body: bytes | Mapping[str, Any],
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **lasting: Any,
    ) -> HttpResponseBase:
        """The bytes that delivery would send, without what speaks of keeping them or of their history."""
        data = body if isinstance(body, bytes) else encode(body)
        kept = {name: value for name, value in (headers or {}).items() if _belongs(name, value)}
        if request.accepted_renderer.media_type == "text/html":
            return self._page(data, status, kept)
        response = HttpResponse(data, status=status, content_type=request.accepted_renderer.media_type)
        for name, value in kept.items():
            response[name] = value
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        for name in ("ETag", "Last-Modified", settings.CACHE_TAG_HEADER):
            if name and name in response:
                del response[name]
        for name, value in UNKEPT.items():
            response[name] = value
        if self.link is not None:
            record_use(self.link.pk, clock.now())
        return response


def _belongs(name: str, value: str) -> bool:
    return name == "Content-Language" or (name == "Link" and 'rel="next"' in value)
