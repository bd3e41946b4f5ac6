"""What readers search for, judged as a reply would be, so that helplines can be named beside the results."""

from comments.gate import Reply
from comments.gate.crisis import check


def calls_for_support(query: str) -> bool:
    """Whether the words speak of suicide or self-harm at all: few words cannot tell who is meant, and a link to the
    helplines harms nobody. They are kept nowhere, and nobody is told of them.
    """
    return any(verdict.grade for verdict in check(Reply(query)))
