"""What readers search for, judged as a reply would be, so that helplines can be named beside the results."""

from comments.gate import Reply
from comments.gate.crisis import CONCERN, check


def calls_for_support(query: str) -> bool:
    """Whether the words grade as a concern or more. They are kept nowhere, and nobody is told of them."""
    return any(verdict.grade >= CONCERN for verdict in check(Reply(query)))
