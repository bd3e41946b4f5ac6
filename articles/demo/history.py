"""Laying down the articles of the demonstration with their past: texts, reviews, publications.

Texts are saved in the order in which they appeared, so that each can point only at what was there before it.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from articles import actions
from articles.actions import Past
from articles.demo import source
from articles.models import Article, Review
from cms.models import User
from cms.preconditions import IfMatch

READ_FOR = timedelta(hours=20)
"""How long a text lay with its reviewer before it was approved."""


class Desk:
    """Writes the demonstration's texts; `ids` are the ids of its articles by demo key, as strings."""

    def __init__(self, by_person: Mapping[str, User], editor: User) -> None:
        self.by_person = by_person
        self.editor = editor
        self.ids: dict[str, str] = {}
        self.past: dict[str, list[Past]] = defaultdict(list)

    def write(self, article: source.Article, version: source.Version) -> None:
        """Save one version's text and have it reviewed, each at its time."""
        number = len(self.past[article.key])
        authors = version.content["authors"]
        writer = self.by_person[authors[number % len(authors)]]
        row = self._save(article, version, writer)
        review = self._review(row, article, version)
        self.past[article.key].append(
            Past(
                revision=review.revision,
                starts=version.published_at,
                update_type=version.update_type,
                change_note=version.change_note,
                correction=version.correction,
                review=review,
            )
        )

    def _save(self, article: source.Article, version: source.Version, writer: User) -> Article:
        at = version.reviewed_at - READ_FOR
        content = source.with_ids(version.content, self.ids)
        if article.key in self.ids:
            return actions.save_revision(
                article_id=UUID(self.ids[article.key]),
                patch=content,
                expected=tag_of(self.ids[article.key]),
                by=writer,
                now=at,
                message=version.change_note,
                translated_from=version.translated_from,
            )
        row = actions.create_article(
            kind=article.kind,
            locale=article.locale,
            content=content,
            by=writer,
            now=at,
            message=version.change_note,
            translation_of=UUID(self.ids[article.translation_of]) if article.translation_of else None,
        )
        self.ids[article.key] = str(row.pk)
        return row

    def _review(self, row: Article, article: source.Article, version: source.Version) -> Review:
        made = actions.review(
            article_id=row.pk,
            revision=row.head_number,
            decision="approve",
            expected=IfMatch((row.etag,)),
            by=self.by_person[article.reviewer],
            now=version.reviewed_at,
        )
        return made.review

    def lay_down(self, article: source.Article) -> None:
        """Give one article its past. Every other article must have been written."""
        past = self.past[article.key]
        if article.taken_down:
            past = [*past, self._end(article.taken_down, past[-1])]
        actions.lay_down(article_id=UUID(self.ids[article.key]), past=past, by=self.editor)

    def _end(self, end: source.TakenDown, last: Past) -> Past:
        return Past(
            revision=last.revision,
            starts=end.at,
            update_type="minor",
            change_note=end.change_note,
            review=last.review,
            state=end.state,
            reason=end.reason,
            explanation=end.explanation,
            alternative_id=UUID(self.ids[end.alternative]),
        )


def tag_of(article_id: str) -> IfMatch:
    """The tag of an article as it is: the loader is alone."""
    return IfMatch((Article.objects.get(pk=article_id).etag,))
