"""Sessions in the database, as Django keeps them; but a cookie that holds no key of ours is never looked up."""

import re

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

_KEY = re.compile(r"[a-z0-9]{32}")


class SessionStore(DatabaseStore):
    """settings.SESSION_ENGINE. A quoted cookie can smuggle U+0000 in, at which PostgreSQL would fail."""

    def _validate_session_key(self, key: str | None) -> bool:
        return _KEY.fullmatch(key or "") is not None
