"""Keeping what an editor is typing: one working copy for each editor and article, apart from the revisions.

Not audited and not counted as a write of the article: nobody but its editor ever sees it.
"""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from articles.actions.locking import require_content
from articles.models import Article, Autosave
from cms.errors import FieldError, InvalidContent, NotFound
from cms.models import User


@transaction.atomic
def keep_working_copy(
    *, article_id: UUID, based_on: int, content: dict[str, Any], by: User, now: datetime
) -> Autosave:
    """Put `content` in the place of the editor's working copy, in one statement, so that two at once do not collide.

    `based_on` is the number of the revision that the editor began from. Raises NotFound for an article that there is
    not, InvalidContent for a revision that there is not.
    """
    article = Article.objects.on_desk().filter(pk=article_id).first()
    if article is None:
        raise NotFound("There is no such article.")
    require_content(article)
    if based_on > article.head_number:
        newest = f"The newest revision is {article.head_number}."
        error = FieldError("unknown_revision", newest, pointer="/based_on")
        raise InvalidContent("The working copy is based on a revision that there is not.", errors=(error,))
    copy = Autosave(
        article_id=article_id,
        editor=by,
        based_on=based_on,
        content=json.dumps(content, ensure_ascii=False),
        saved_at=now,
    )
    Autosave.objects.bulk_create(
        [copy],
        update_conflicts=True,
        unique_fields=["article", "editor"],
        update_fields=["based_on", "content", "saved_at"],
    )
    return copy


def working_copy(*, article_id: UUID, by: User) -> Autosave:
    """The editor's own working copy of an article. Raises NotFound when there is none."""
    found = Autosave.objects.filter(article_id=article_id, editor=by).first()
    if found is None:
        raise NotFound("You have no working copy of this article.")
    return found


def drop_working_copy(*, article_id: UUID, by: User) -> None:
    """Let the editor's working copy go, if there is one."""
    Autosave.objects.filter(article_id=article_id, editor=by).delete()
