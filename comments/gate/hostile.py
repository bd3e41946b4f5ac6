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
    "stacked marks": "a" + "\u0301" * 30,
    "roman numerals": "\u2177",
    "joined emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467 ",
    "right to left": "\u202e\u05d0\u05d1\u202c ",
    "names with hyphens": "aa-",
    "letters as digits": "m0lly bu7 ",
    "elisions": "d'lsd ",
    "postal addresses": "1 rue de ",
    "threats": "kys ",
    "brackets": "[",
    "quotes": "> ",
}


def texts(length: int) -> Iterator[tuple[str, str]]:
    """`(name, text)` of each, `length` code points long: every piece again and again, alone and behind an offer, and
    ever new words.
    """
    for name, piece in _PIECES.items():
        many = piece * (length // len(piece) + 1)
        yield name, many[:length]
        yield f"an offer, then {name}", ("lsd sale " + many)[:length]
    for name, word in _NEW.items():
        yield name, " ".join(map(word, range(length)))[:length]


def _two_letters(number: int) -> str:
    """A new word of two letters that fold to others."""
    return chr(0x100 + number % 0x150) + chr(0x400 + number // 0x150)


_NEW = {"new words": lambda number: f"{number:x}", "new words of other scripts": _two_letters}
