"""System checks of replies: what must be true of the settings before a form is offered."""

import re
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@register()
def honeypot_is_a_field_of_its_own(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A hidden field that had the name of a real one would hold every reply, or take its place."""
    from comments.serializers.author import REAL_FIELDS

    name = settings.COMMENT_HONEYPOT
    if not name or (_NAME.fullmatch(name) and name not in REAL_FIELDS):
        return []
    hint = "Set COMMENT_HONEYPOT to another name in lower case, such as subject, or to nothing."
    return [Error(f"The hidden field of the form cannot be called {name!r}.", hint=hint, id="comments.E001")]
