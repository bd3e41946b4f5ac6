"""Links: a reply with an address in it is read by a person first, wherever it points."""

import re
from collections.abc import Iterator

from comments.gate import Reply, Verdict

VERSION = 1

# A scheme, "www.", or a name with a well-known ending. Endings that are words count with a path only, since many
# forget the space after a full stop. Every repetition is bounded by what it cannot match.
ADDRESS = re.compile(
    r"\b(?:https?|ftp|mailto|tg|hxxps?)\s?:\s?/{0,2}[^\s<>\"]+"
    r"|\bwww\d?\.[^\s<>\"]+"
    r"|\b[a-z0-9-]{1,63}\.(?:com|net|org|info|biz|xyz|io|co|ly|gg|su|onion|example|dev|uk|ca|au|nz|de|fr|nl|ch|pl|pt"
    r"|dk|eu|ru|cn)\b"
    r"|\b[a-z0-9-]{1,63}\.[a-z]{2,10}/[^\s<>\"]+"
)


def check(reply: Reply) -> Iterator[Verdict]:
    folded = reply.folded
    for match in ADDRESS.finditer(folded.text):
        span = folded.span(*match.span())
        yield Verdict("links", VERSION, 1.0, "The text contains a link; a person looks where it leads.", span)
    if reply.author_website:
        yield Verdict("links", VERSION, 0.5, "The author gives a website; a person looks at it first.")
