"""The proof of work that a site may ask for (`COMMENT_ALTCHA`): without one, a person reads the reply first."""

from collections.abc import Iterator

from django.conf import settings

from comments import proof_of_work
from comments.gate import Reply, Verdict

VERSION = 1


def check(reply: Reply) -> Iterator[Verdict]:
    if reply.arrival is None or not settings.COMMENT_ALTCHA:
        return
    if not reply.arrival.proof:
        yield _verdict(0.5, "It came without the proof of work.")
    elif proof_of_work.solved(reply.arrival.proof) is None:
        yield _verdict(1.0, "Its proof of work is not one, or is too old.")


def used() -> Verdict:
    """For a solution that had been sent before; only the transaction that stores a reply can tell."""
    return _verdict(1.0, "Its proof of work had been sent before.")


def _verdict(score: float, explanation: str) -> Verdict:
    return Verdict("proof", VERSION, score, explanation)
