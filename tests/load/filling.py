"""The service as a WSGI application on a disk that is full for those who say so (`Disk: full`): SQLite's own refusal,
for a file that may not grow by one page. A site on PostgreSQL is served as ever.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from cms.wsgi import application as service

MOST_PAGES = 2**30


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0] if environ.get("HTTP_DISK") == "full" else MOST_PAGES
            cursor.execute(f"PRAGMA max_page_count = {pages}")
    answer: Iterable[bytes] = service(environ, start_response)
    return answer
