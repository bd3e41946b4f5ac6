"""The policy of the article: unless it lets replies appear at once, a person reads each of them first."""

from collections.abc import Iterator

from comments.gate import Reply, Verdict

VERSION = 1


def check(reply: Reply) -> Iterator[Verdict]:
    if reply.policy != "publish":
        yield Verdict("policy", VERSION, 1.0, "Replies to this article are read before they appear.")
