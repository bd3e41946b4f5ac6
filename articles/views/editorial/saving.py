"""Saving an article: on the head that was read or, when asked for, merged with a newer one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import actions
from articles.actions.comparing import Collision, collision
from articles.serializers import comparisons
from cms import clock
from cms.errors import Busy, PreconditionFailed, WrongState
from cms.models import User
from cms.preconditions import IfMatch
from cms.writing import Answer, perform

ATTEMPTS = 5
"""How often a merge begins again because the head moved on meanwhile."""


@dataclass(frozen=True)
class Save:
    """One editor's save: a merge patch, and the tags of what it was written on."""

    article_id: UUID
    patch: dict[str, Any]
    expected: IfMatch
    by: User
    kind: str | None = None
    locale: str | None = None
    message: str = ""
    translated_from: int | None = None

    def on_head(self) -> None:
        """Raises PreconditionFailed when the head is another one."""
        actions.save_revision(**vars(self), now=clock.now())

    def merged(self, met: Collision) -> None:
        """Raises PreconditionFailed when the head moved on again, WrongState when a person must choose."""
        actions.save_merge(
            collision=met,
            by=self.by,
            now=clock.now(),
            message=self.message,
            translated_from=self.translated_from,
        )

    def met(self) -> Collision | None:
        return collision(
            article_id=self.article_id,
            patch=self.patch,
            expected=self.expected,
            kind=self.kind,
            locale=self.locale,
        )


def save_on_head(request: Request, save: Save, answer: Callable[[], Answer]) -> HttpResponseBase:
    """Raises PreconditionFailed that carries both sides and how they go together."""
    try:
        return perform(request, _Work(save, None, answer))
    except PreconditionFailed as stale:
        met = save.met()
        if met is None:
            raise
        raise PreconditionFailed(stale.detail, **comparisons.collision(met)) from None


def save_merging(request: Request, save: Save, answer: Callable[[], Answer]) -> HttpResponseBase:
    """Merge with the head if it moved on. Raises WrongState (`merge_conflicts`) with both sides when they clash."""
    for _ in range(ATTEMPTS):
        met = save.met()
        try:
            return perform(request, _Work(save, met, answer))
        except PreconditionFailed:
            if met is None and save.met() is None:
                raise
        except WrongState as clash:
            if met is None or clash.code != "merge_conflicts":
                raise
            raise WrongState(clash.detail, code=clash.code, **comparisons.collision(met)) from None
    raise Busy("Others save this article at this very moment. Nothing was changed; try again.")


@dataclass(frozen=True)
class _Work:
    """What is done in the transaction: the save, merged with what it met, and the answer to it."""

    save: Save
    met: Collision | None
    answer: Callable[[], Answer]

    def __call__(self) -> Answer:
        if self.met is None:
            self.save.on_head()
        else:
            self.save.merged(self.met)
        return self.answer()
