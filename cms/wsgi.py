"""The WSGI application. Refuses to start on a database that lacks the rules history rests on, or is behind the ledger
of erasures.
"""

import gc
import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
django_application = get_wsgi_application()


def _refuse_without_triggers() -> None:
    from django.db import connection

    from cms import triggers

    names = triggers.missing(connection)
    connection.close()
    if names:
        raise ImproperlyConfigured(
            f"The database lacks {len(names)} trigger(s), such as {names[0]}. Run: manage.py migrate"
        )


def _refuse_until_ready() -> None:
    from django.conf import settings
    from django.db import connection

    for path in settings.BEFORE_SERVING:
        import_string(path)()
    connection.close()


def _with_fast_lane() -> Application:
    from django.conf import settings

    from cms.fastlane import FastLane, Lease, Straight, lanes

    if not settings.DELIVERY_MEMORY:
        return django_application
    transitions = [import_string(path) for path in settings.TRANSITIONS]
    straight = [Straight(import_string(path)) for path in settings.STRAIGHT]
    return FastLane(django_application, Lease(transitions), lanes(settings.DELIVERY_MEMORY), straight)


_refuse_without_triggers()
_refuse_until_ready()
application = _with_fast_lane()
gc.collect()
gc.freeze()  # what was loaded lives as long as the process: the collector need not look through it again
