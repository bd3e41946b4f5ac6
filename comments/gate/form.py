"""The form that a reply came with: without a fresh token of this article's form, a person reads the reply first."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from comments import form_tokens
from comments.form_tokens import FormToken
from comments.gate import Arrival, Reply, Verdict

VERSION = 1
SKEW = timedelta(seconds=2)  # between the clocks of two servers


def check(reply: Reply) -> Iterator[Verdict]:
    arrival = reply.arrival
    if arrival is None:
        return
    if not arrival.form_token:
        yield _verdict(0.5, "It came without a form token.")
    elif (token := form_tokens.read(arrival.form_token)) is None:
        yield _verdict(1.0, "Its form token is none of ours.")
    else:
        yield from _judged(token, arrival)


def used() -> Verdict:
    """For a token with which another text came before; only the transaction that stores a reply can tell."""
    return _verdict(0.5, "Its form token had been used before, with other words.")


def _judged(token: FormToken, arrival: Arrival) -> Iterator[Verdict]:
    age = arrival.at - token.issued_at
    if token.article_id != arrival.article_id:
        yield _verdict(1.0, "Its form token belongs to another article.")
    if age > settings.FORM_TOKEN_LIFETIME:
        yield _verdict(0.3, "Its form token is too old: the form was open for very long.")
    elif age < settings.COMMENT_FORM_FASTEST or age < -SKEW:
        yield _verdict(1.0, "It was written faster than a person writes.")


def _verdict(score: float, explanation: str) -> Verdict:
    return Verdict("form", VERSION, score, explanation)
