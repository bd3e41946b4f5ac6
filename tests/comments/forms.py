"""Forms as a careful frontend sends them: with a token that a person took a while to use."""

from datetime import timedelta
from typing import Any

from cms import clock
from comments import form_tokens
from tests.comments.people import form

A_WHILE = timedelta(minutes=2)


def a_token(article: Any, *, before: timedelta = A_WHILE) -> str:
    """A token that was minted some time ago."""
    return form_tokens.mint(article.pk, clock.now() - before)


def filled(article: Any, **changes: Any) -> dict[str, Any]:
    """A reply with a fresh form token; a change to None leaves the field out."""
    return form(**({"form_token": a_token(article)} | changes))
