"""May this caller use this method of this view? By the one table in `cms.roles`; what is visible is the querysets'."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from cms.parameters import does
from cms.roles import may


class Nobody(BasePermission):
    """The default: a view that does not say who may is closed to everybody."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return False


class ByVerb(BasePermission):
    """By the view's `verbs`: method to verb of `cms.roles`. What a view does nothing for is open to everybody."""

    def has_permission(self, request: Request, view: Any) -> bool:
        method = "GET" if request.method == "HEAD" else str(request.method)
        if not does(view, method):
            return True
        verb = view.verbs.get(method)
        return verb is not None and may(request.user, verb, getattr(request.auth, "scopes", ()))
