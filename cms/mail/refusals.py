"""What a failed attempt means: try again, give up, or that the address itself is no good. Pure.

By reply codes (RFC 5321, 4.2) and enhanced status codes (RFC 3463): 5 is for good, and X.1 and X.2 are about the
recipient's address and mailbox, where X.7 is about policy and X.3 to X.6 about systems, networks and the message.
"""

import re
import smtplib
from enum import Enum

_ENHANCED = re.compile(rb"^\s*5\.(\d{1,3})\.(\d{1,3})\b")
_NOT_THE_ADDRESS = {552}  # the mailbox is full
_FULL = (b"2", b"2")  # 5.2.2 says the same


class Outcome(Enum):
    LATER = "later"
    REFUSED = "refused"
    NO_SUCH_ADDRESS = "no such address"


def outcome_of(error: Exception) -> Outcome:
    """Only a server's permanent answer about the recipient speaks of the address; anything unknown is tried again."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(
            (_of_recipient(code, words) for code, words in error.recipients.values()), key=list(Outcome).index
        )
    if isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500:
        return Outcome.REFUSED
    return Outcome.LATER


def _of_recipient(code: int, words: bytes) -> Outcome:
    if code < 500:
        return Outcome.LATER
    if code in _NOT_THE_ADDRESS:
        return Outcome.REFUSED
    enhanced = _ENHANCED.match(words)
    if enhanced is None or (enhanced[1] in (b"1", b"2") and enhanced.groups() != _FULL):
        return Outcome.NO_SUCH_ADDRESS
    return Outcome.REFUSED
