"""Under which name a reply is shown. Pure."""

import unicodedata

NAME, INITIALS, ANONYMOUS = "name", "initials", "anonymous"
MOST_INITIALS = 3


def public_name(author_name: str, display_as: str) -> str:
    """The typed name, its initials ("P. M."), or nothing at all."""
    if display_as == ANONYMOUS:
        return ""
    if display_as == INITIALS:
        return initials(author_name)
    return author_name


def initials(name: str) -> str:
    """The first letters or digits of up to three words, composed, upper case, each with a full stop."""
    composed = unicodedata.normalize("NFC", name)
    firsts = [_first(word) for word in composed.replace("-", " ").split()]
    return " ".join([f"{letter.upper()}." for letter in firsts if letter][:MOST_INITIALS])


def _first(word: str) -> str:
    return next((character for character in word if character.isalnum()), "")
