"""Texts that were built to make the gate slow: each of the greatest length that a reply may have."""

from collections.abc import Iterator

_PIECES = {
    "one letter": "a",
    "letters apart": "a ",
    "letters with dots": "a.",
    "letters with hyphens": "a-",
    "digits": "1",
    "digits apart": "1 ",
    "digits with words": "1 street ",
    "at signs": "a@",
    "at signs in words": "aa(at)",
    "dots": ".",
    "schemes": "http:",
    "links": "https://a.example ",
    "apostrophes": "'",
    "marks": "e\u0301",
    "invisible": "a\u200b",
    "wide characters": "\ufdfa",
    "look-alikes": "\u0430\u0435\u043e ",
    "mathematical letters": "\U0001d4f6\U0001d4ed",
    "half phrases": "i do not want to ",
    "whole phrases": "suicide i want to die now ",
    "persons": "i you he ",
    "amounts": "take 1 mg ",
    "offers": "lsd sale dm ",
    "calls": "check out my video ",
    "short calls": "buy app ",
    "subscribers": "sub to my ",
    "numbers": "+1 (555) 010-0142 ",
    "newlines": "a\n",
}


def texts(length: int) -> Iterator[tuple[str, str]]:
    """`(name, text)` of each, `length` code points long; last one of ever new words."""
    for name, piece in _PIECES.items():
        yield name, (piece * (length // len(piece) + 1))[:length]
    for name in ("letters with dots", "letters with hyphens", "at signs in words", "digits apart"):
        yield f"an offer, then {name}", ("lsd sale " + _PIECES[name] * length)[:length]
    yield "new words", " ".join(f"{number:x}" for number in range(length))[:length]
