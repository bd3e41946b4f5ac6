"""Language tags (BCP 47, RFC 5646): their form, and the one way in which each is written here.

Case says nothing in them (section 2.1.1): `FR-ca` and `fr-CA` are one locale, kept and looked up as the latter.
"""

import re
from functools import lru_cache

LONGEST = 35
"""Characters, as section 4.4.1 has it of tags without extensions."""

LANGUAGE_TAG = r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"
"""Broader than the RFC's grammar: which subtags there are, a registry says that changes."""

_FORM = re.compile(LANGUAGE_TAG, re.ASCII)


def is_locale(text: str) -> bool:
    """Whether it has the form of a language tag, in any case."""
    return len(text) <= LONGEST and _FORM.fullmatch(text) is not None


@lru_cache(maxsize=1_000)
def canonical(tag: str) -> str:
    """A tag as section 2.1.1 recommends to write it: `fr-CA`, `zh-Hant-TW`, `en-CA-x-ca`."""
    language, *others = tag.lower().split("-")
    written, plain = [language], True
    for subtag in others:
        plain = plain and len(subtag) > 1  # behind a singleton nothing is a region or a script
        written.append(_written(subtag) if plain else subtag)
    return "-".join(written)


def _written(subtag: str) -> str:
    """A region in capitals, a script with one, all else small."""
    if len(subtag) == 2:
        return subtag.upper()
    return subtag.capitalize() if len(subtag) == 4 else subtag
