"""Sending one letter, at least once: taken, given to the server outside of any transaction, then off the list."""

import logging
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from cms import clock, transactions
from cms.mail import outbox
from cms.mail.message import Message, NotYet, composed
from cms.mail.refusals import Outcome, outcome_of
from cms.models import Letter

logger = logging.getLogger(__name__)


def send(letter_id: UUID) -> None:
    """Send it, put it back, or give it up. What goes wrong is logged by its kind only: messages quote addresses."""
    letter = outbox.take(letter_id, clock.now())
    if letter is None:
        return
    try:
        message = _written(letter)
        if message is not None:
            composed(message, letter.pk).send()
    except NotYet as early:
        until = early.until
        transactions.run(lambda: outbox.put_off(letter, until, clock.now()))
    except Exception as error:  # whatever a server or a writer does, the letter is kept for another attempt
        _failed(letter, error)
    else:
        transactions.run(lambda: _sent(letter, message))


def _written(letter: Letter) -> Message | None:
    facts = outbox.facts_of(letter)
    if not letter.writer:
        return Message(**facts)
    written: Message | None = import_string(letter.writer)(letter.about, facts, clock.now())
    return written


def _sent(letter: Letter, message: Message | None) -> None:
    if message is not None and message.on_sent is not None:
        message.on_sent()
    outbox.remove(letter)


def _failed(letter: Letter, error: Exception) -> None:
    outcome = outcome_of(error)
    logger.warning("A letter was not sent: %s (%s)", type(error).__name__, outcome.value)
    now = clock.now()

    def work() -> None:
        if outcome is Outcome.LATER:
            outbox.put_back(letter, now)
            return
        if outcome is Outcome.NO_SUCH_ADDRESS and letter.about and settings.MAIL_BOUNCED:
            import_string(settings.MAIL_BOUNCED)(letter.about, now)
        outbox.give_up(letter, "refused", now)

    transactions.run(work)
