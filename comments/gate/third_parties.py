"""Personal data: telephone numbers, postal and e-mail addresses, whoever they belong to. Helplines' numbers pass."""

import re
from collections.abc import Iterator

from comments.gate import Reply, Verdict

VERSION = 1

_EMAIL = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63}\s?(?:@|\(at\)|\[at\])\s?[a-z0-9-]{1,63}\s?\.\s?[a-z]{2,24}\b"
)
_PHONE = re.compile(r"(?<![\d.,])(?:\+|00)?\d(?:[\s()./-]{0,2}\d){8,14}(?!\d)")
_STREET = re.compile(
    r"(?<!\d)\d{1,5}[a-d]?,?\s(?:(?!on|the|in|of|down|hours|minutes|years)[a-z'’-]{2,20}\s){1,3}(?:street|avenue|road|lane|drive|boulevard|crescent)\b"
    r"|(?<!\d)\d{1,4},?\s(?:bis\s|ter\s)?(?:rue|avenue|boulevard|impasse|chemin|allee)\s(?:de\s|du\s|des\s|la\s)?[a-z'’-]{2,20}"
)
_FREE_OF_CHARGE = ("0800", "0808", "1800", "1888", "1877", "1866", "1855", "1844", "1833", "116")
_DIGITS = frozenset("0123456789")
_KINDS = (
    # What must be there at all, what is looked for, and what a moderator is told.
    (frozenset("@(["), _EMAIL, "The text contains an e-mail address; a person looks whose it is."),
    (_DIGITS, _PHONE, "The text contains a telephone number; a person looks whose it is."),
    (_DIGITS, _STREET, "The text seems to contain a postal address; a person looks whose it is."),
)


def check(reply: Reply) -> Iterator[Verdict]:
    folded = reply.folded
    for needed, pattern, explanation in _KINDS:
        matches = () if needed.isdisjoint(folded.text) else pattern.finditer(folded.text)
        for match in matches:
            if not _is_a_helpline(match[0]):
                yield Verdict("third_parties", VERSION, 0.8, explanation, folded.span(*match.span()))


def _is_a_helpline(found: str) -> bool:
    digits = "".join(character for character in found if character.isdigit())
    return "@" not in found and digits.startswith(_FREE_OF_CHARGE)
