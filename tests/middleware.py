"""One chain of middleware for all test clients of a process: Django builds one for each, and lists every static file."""

from typing import Any

from django.core.handlers.base import BaseHandler
from django.core.signals import setting_changed
from django.test.client import ClientHandler

BUILT = ("_middleware_chain", "_view_middleware", "_template_response_middleware", "_exception_middleware")

_shared: dict[str, Any] = {}


def share() -> None:
    """From now on; a setting that changes begins another chain, for clients that have sent nothing yet."""
    ClientHandler.load_middleware = _take  # type: ignore[assignment,method-assign]  # it offers no other place
    setting_changed.connect(_forget)


def _take(handler: BaseHandler, is_async: bool = False) -> None:
    if not _shared:
        first = BaseHandler()
        first.load_middleware()
        _shared.update({name: getattr(first, name) for name in BUILT})
    vars(handler).update(_shared)


def _forget(**kwargs: object) -> None:
    _shared.clear()
