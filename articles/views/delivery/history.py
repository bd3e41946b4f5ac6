"""What an answer without a text still says: where the article's history is, in its Link header."""

from typing import Any
from uuid import UUID

from rest_framework.views import APIView

from articles import memento
from cms.errors import Gone


class TellsHistory(APIView):
    """Beside a delivery view: its 410 and 451 name the canonical address, TimeGate, TimeMap and versions."""

    def handle_exception(self, exc: Exception) -> Any:
        response = super().handle_exception(exc)
        if isinstance(exc, Gone) and "article" in exc.extra:
            response["Link"] = memento.links_of_gone(UUID(exc.extra["article"]), exc.extra["reason"])
        return response
