"""Whatever is refused of what readers send, they learn where to find support: the same for everybody."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import DatabaseError, InterfaceError
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.views import APIView

from articles.reading import helplines_for
from cms.errors import DomainError
from cms.magazine import Magazine, magazine
from cms.problems import understood
from cms.support import HREF


class PointsToSupport(APIView):
    """Refusals of these methods carry `support_href` and `support_text`, in the language that was asked for, and
    `support`: the helplines of the country that was sent, and the international ones.
    """

    supported: ClassVar[tuple[str, ...]] = ("POST",)

    def handle_exception(self, exc: Exception) -> Any:
        if self.request.method in self.supported:
            exc = understood(exc, self.request)[0]
            ours = getattr(self, "magazine", None) or _magazine()
            exc.extra.setdefault("support", _helplines(_country(self.request), ours))
            exc.extra.setdefault("support_href", HREF)
            exc.extra.setdefault("support_text", self._support_text(ours))
        response = super().handle_exception(exc)
        if response.status_code == 401:
            response["WWW-Authenticate"] = self.get_authenticate_header(self.request)
        return response

    def _support_text(self, ours: Magazine) -> str:
        return ours.support_text(getattr(self, "query", {}).get("locale"))


def _country(request: Request) -> str | None:
    """The one that was sent, where the body can be read."""
    try:
        sent = request.data
    except (APIException, DomainError):
        return None
    country = sent.get("country") if isinstance(sent, Mapping) else None
    return country[:2] if isinstance(country, str) else None


def _helplines(country: str | None, ours: Magazine) -> list[dict[str, Any]]:
    """None where the database is what does not work."""
    try:
        return helplines_for(country, of=ours)
    except (DatabaseError, InterfaceError):
        return []


def _magazine() -> Magazine:
    """Where the database is what does not work, our own sentence stands."""
    try:
        return magazine()
    except (DatabaseError, InterfaceError):
        return Magazine()
