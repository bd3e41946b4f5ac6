"""Whatever is refused of what readers send, they learn where to find support: the same for everybody."""

from typing import Any, ClassVar

from django.db import DatabaseError, InterfaceError
from rest_framework.views import APIView

from cms.magazine import Magazine, magazine
from cms.problems import understood
from cms.support import HREF


class PointsToSupport(APIView):
    """Refusals of these methods carry `support_href` and `support_text`, in the language that was asked for."""

    supported: ClassVar[tuple[str, ...]] = ("POST",)

    def handle_exception(self, exc: Exception) -> Any:
        if self.request.method in self.supported:
            exc = understood(exc, self.request)[0]
            exc.extra.setdefault("support_href", HREF)
            exc.extra.setdefault("support_text", self._support_text())
        response = super().handle_exception(exc)
        if response.status_code == 401:
            response["WWW-Authenticate"] = self.get_authenticate_header(self.request)
        return response

    def _support_text(self) -> str:
        ours = getattr(self, "magazine", None) or _magazine()
        return ours.support_text(getattr(self, "query", {}).get("locale"))


def _magazine() -> Magazine:
    """Where the database is what does not work, our own sentence stands."""
    try:
        return magazine()
    except (DatabaseError, InterfaceError):
        return Magazine()
