"""The WSGI application. Refuses to start on a database that lacks the rules history rests on."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
application = get_wsgi_application()


def _refuse_without_triggers() -> None:
    from django.db import connection

    from cms import triggers

    names = triggers.missing(connection)
    connection.close()
    if names:
        raise ImproperlyConfigured(
            f"The database lacks {len(names)} trigger(s), such as {names[0]}. Run: manage.py migrate"
        )


_refuse_without_triggers()
