"""What is not public in the demonstration: drafts, and a publication that lies ahead."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from articles import actions
from articles.demo import source
from articles.demo.history import Desk, tag_of
from articles.models import Article
from cms import clock


def write(desk: Desk, sources: list[source.Article]) -> None:
    """Everything that waits. Every article must have its past by now."""
    for article in sources:
        if article.draft:
            _begin(desk, article, article.draft)
    waiting = source.desk()
    for entry in waiting["drafts"]:
        head = _head(desk, entry["article"])
        body = f"{head['body_markdown'].rstrip()}\n\n{entry['append']}"
        _save(desk, entry, {"body_markdown": body})
    for entry in waiting["scheduled"]:
        _schedule(desk, entry)


def _begin(desk: Desk, article: source.Article, draft: Any) -> None:
    row = actions.create_article(
        kind=article.kind,
        locale=article.locale,
        content=source.with_ids(draft, desk.ids),
        by=desk.by_person[draft["authors"][0]],
        now=clock.now(),
        message=article.message,
    )
    desk.ids[article.key] = str(row.pk)


def _schedule(desk: Desk, entry: dict[str, Any]) -> None:
    """At eight o'clock UTC, some days ahead."""
    row = _save(desk, entry, entry["patch"])
    day = clock.read_instant() + timedelta(days=entry["days_ahead"])
    actions.publish(
        article_id=row.pk,
        revision=row.head_number,
        expected=tag_of(desk.ids[entry["article"]]),
        by=desk.editor,
        effective_from=day.replace(hour=8, minute=0, second=0),
        update_type=entry["update_type"],
        change_note=entry["change_note"],
    )


def _save(desk: Desk, entry: dict[str, Any], patch: dict[str, Any]) -> Article:
    id_ = desk.ids[entry["article"]]
    writer = desk.by_person[_head(desk, entry["article"])["authors"][0]]
    return actions.save_revision(
        article_id=UUID(id_),
        patch=patch,
        expected=tag_of(id_),
        by=writer,
        now=clock.now(),
        message=entry["message"],
    )


def _head(desk: Desk, key: str) -> dict[str, Any]:
    article = Article.objects.get(pk=desk.ids[key])
    return article.revisions.get(number=article.head_number).document
