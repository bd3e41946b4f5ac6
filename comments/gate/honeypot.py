"""The field that frontends hide: nobody sees it, so whoever fills it in is not reading."""

from collections.abc import Iterator

from comments.gate import Reply, Verdict

VERSION = 1


def check(reply: Reply) -> Iterator[Verdict]:
    if reply.arrival is not None and reply.arrival.decoy.strip():
        yield Verdict("honeypot", VERSION, 1.0, "The hidden field was filled in, as machines do.")
