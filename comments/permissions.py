"""Who may use the author's surface: whoever holds a token. Moderators are judged by `cms.permissions.ByVerb`."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class HoldsToken(BasePermission):
    """A token was sent. That it is this reply's is judged where the reply is loaded."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return request.auth is not None or not hasattr(view, str(request.method).lower())
