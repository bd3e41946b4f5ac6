"""How a reply came: with which form token, hidden field and proof of work, each of them used once."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from cms.writing import Answer, restored, stored
from comments import form_tokens, proof_of_work
from comments.actions import Draft, spending
from comments.gate import Arrival, Verdict, form, proof

BESIDE_WORDS = ("form_token", "altcha", "decoy")


@dataclass(frozen=True)
class Form:
    """What was sent (`comments.serializers.SubmitReply`) for one article, at one instant."""

    article_id: UUID
    sent: Mapping[str, Any]
    now: datetime

    @property
    def arrival(self) -> Arrival:
        """For the gate."""
        sent = self.sent
        return Arrival(self.article_id, self.now, sent["form_token"], sent["decoy"], sent["altcha"])

    def once(self, draft: Draft, work: Callable[[Draft], Answer]) -> Answer:
        """The answer of `work`, or what the same form with the same words got before. Call it inside the transaction.

        `work` is given the draft with what only the transaction can tell: that token or proof had been used.
        """
        token = form_tokens.read(self.sent["form_token"])
        used = spending.use(token, self._said(), self.now) if token else None
        if used and used.answer:
            answer = restored(used.answer)
            return Answer(
                answer.status, answer.body, answer.headers | {"Idempotent-Replayed": "true"}, shown_once=True
            )
        verdicts: list[Verdict] = [form.used()] if used and not used.is_first else []
        answer = work(draft.held_for(*verdicts, *self._of_proof()))
        if used and used.is_first:
            spending.remember(used, stored(answer))
        return answer

    def _said(self) -> str:
        """All that makes a reply another one; token and proof come anew with a second attempt."""
        words = {name: value for name, value in self.sent.items() if name not in BESIDE_WORDS}
        return json.dumps([str(self.article_id), words], sort_keys=True, default=str)

    def _of_proof(self) -> list[Verdict]:
        if not settings.COMMENT_ALTCHA or not self.sent["altcha"]:
            return []
        solved = proof_of_work.solved(self.sent["altcha"])
        return [proof.used()] if solved and not spending.use_proof(solved) else []
