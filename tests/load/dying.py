"""The service as a WSGI application whose process ends, as by `kill -9`, when an answer is ready and not yet sent.

It does so for requests that say `Die: before-the-answer`; all others it serves.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

from cms.wsgi import application as service

DIED = 9


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    answer: Iterable[bytes] = service(environ, start_response)
    if environ.get("HTTP_DIE") == "before-the-answer":
        os._exit(DIED)
    return answer
