"""The gate: an ordered list of small, explainable checks that every version passes before a reader meets it.

A check holds a reply for a person to read, or does not. None of them rejects. `settings.COMMENT_GATE` names them;
sites add their own there as `package.module.function`.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils.module_loading import import_string

from comments.gate.folding import Folded, Words, fold, words

logger = logging.getLogger(__name__)

GRADES = ("none", "mention", "concern", "immediate")
MAX_VERDICTS = 10


@dataclass(frozen=True)
class Arrival:
    """How a new reply came: with what its form sent beside the words. None of it is stored with the reply.

    `decoy` is what stood in the field that frontends hide, `proof` the payload of ALTCHA's widget.
    """

    article_id: UUID
    at: datetime
    form_token: str = ""
    decoy: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Reply:
    """What a check may look at: one version as it was typed, and the policy of its thread.

    `comment_id` is the comment of which this will be another version, None for a new one. `arrival` is None for what
    came by no form: an edit, or a past that is laid down. `is_staff`: written by somebody of the site, as such.
    """

    text: str
    author_name: str = ""
    author_website: str = ""
    policy: str = "hold"
    comment_id: UUID | None = None
    arrival: Arrival | None = None
    is_staff: bool = False

    @cached_property
    def folded(self) -> Folded:
        """The text in the form in which checks compare, made once for all of them."""
        return fold(self.text)

    @cached_property
    def words(self) -> Words:
        return words(self.folded)


@dataclass(frozen=True)
class Verdict:
    """What one check found. `span` is `(start, end)` in code points of the text, None for the whole.

    `score` is 0 to 1. `explanation` is one sentence for a moderator. `grade` is set by the check for self-harm only.
    """

    rule: str
    version: int
    score: float
    explanation: str
    span: tuple[int, int] | None = None
    holds: bool = True
    grade: int = 0

    def as_document(self) -> dict[str, Any]:
        """JSON for moderators. The grade is told apart, once for the version."""
        span = list(self.span) if self.span else None
        document = {of.name: getattr(self, of.name) for of in fields(self) if of.name != "grade"}
        return document | {"span": span}


@dataclass(frozen=True)
class Ruling:
    """All that the gate found. `grade` is an index into `GRADES`."""

    verdicts: tuple[Verdict, ...] = field(default=())

    @property
    def holds(self) -> bool:
        return any(verdict.holds for verdict in self.verdicts)

    @property
    def grade(self) -> int:
        return max((verdict.grade for verdict in self.verdicts), default=0)

    @property
    def first_rule(self) -> str:
        """The first rule that holds, in the order of the list; `gate` when none does."""
        return next((verdict.rule for verdict in self.verdicts if verdict.holds), "gate")

    def with_also(self, *verdicts: Verdict) -> "Ruling":
        """The same, and what only the transaction that stores the reply can tell."""
        return Ruling((*self.verdicts, *verdicts)) if verdicts else self


Check = Callable[[Reply], Iterable[Verdict]]


def run(reply: Reply) -> Ruling:
    """Every check of `settings.COMMENT_GATE`, in order. A check that raises holds the reply.

    Raises OperationalError and InterfaceError when the database cannot be asked.
    """
    return Ruling(tuple(verdict for path in settings.COMMENT_GATE for verdict in _verdicts(path, reply)))


def _verdicts(path: str, reply: Reply) -> list[Verdict]:
    try:
        check: Check = import_string(path)
        return list(check(reply))[:MAX_VERDICTS]
    except (
        InterfaceError,
        OperationalError,
    ):  # no fault of the check: the whole request is to be tried again
        raise
    except Exception as error:  # whatever goes wrong in a check, the reply waits for a person
        # The traceback and the message may hold the reader's words: only the kind of error is logged.
        logger.error("A check of the gate failed: %s: %s", path, type(error).__name__)
        return [Verdict(path, 0, 1.0, "This check failed, so a person reads the reply.")]
