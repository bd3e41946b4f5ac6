"""What the database itself holds of suppressions and purges, whoever writes and by whatever statement (R11)."""

import pytest
from django.db import connection

from articles import purge_rules
from articles.actions.history import permitted
from articles.models import (
    Article,
    Publication,
    Rendering,
    Review,
    Revision,
    SuppressedPublication,
    Suppression,
)
from cms import clock
from cms.models import User
from tests.articles.refusals import refused, replace_all, sql
from tests.articles.suppression.histories import asked, first_row, suppressed
from tests.builders import an_article, reviewed, rows

pytestmark = pytest.mark.django_db
KEPT, NAMED = "suppression_is_kept", "suppressedpublication_is_kept"


@pytest.fixture
def waiting(article: Article, editor: User) -> Suppression:
    return asked(article, by=editor)


@pytest.fixture
def in_force(article: Article, editor: User, administrator: User) -> Suppression:
    return suppressed(article, by=editor, second=administrator).suppression


@pytest.mark.parametrize(
    "column", ["reason", "note", "requested_at", "requested_by_id", "confirmed_at", "confirmed_by_id"]
)
def test_what_is_in_force_cannot_be_changed(in_force: Suppression, column: str) -> None:
    with refused(KEPT, "suppression_two_persons"):
        sql(f"UPDATE articles_suppression SET {column} = NULL")


@pytest.mark.parametrize("column", ["reason", "note"])
def test_a_request_stays_as_it_was_made(waiting: Suppression, column: str) -> None:
    with refused(KEPT):
        sql(f"UPDATE articles_suppression SET {column} = 'legal'")


def test_what_is_in_force_cannot_be_deleted(in_force: Suppression) -> None:
    with refused(NAMED):
        sql("DELETE FROM articles_suppressedpublication")
    with refused(KEPT):
        sql("DELETE FROM articles_suppression")
    for table, rules in (
        ("articles_suppressedpublication", (NAMED, "articles_suppressedpublication_no_truncate")),
        (
            "articles_suppression",
            (KEPT, "articles_suppression_no_truncate", "articles_suppressedpublication_no_truncate"),
        ),
    ):
        with refused(*rules):
            replace_all(table)


def test_nothing_joins_what_is_in_force(article: Article, in_force: Suppression) -> None:
    with refused(NAMED):
        SuppressedPublication.objects.create(suppression=in_force, publication=rows(article)[1])


def test_what_a_suppression_names_cannot_be_changed(waiting: Suppression, article: Article) -> None:
    with refused(NAMED):
        SuppressedPublication.objects.update(publication=rows(article)[1])


def test_one_person_alone_cannot_put_it_in_force(waiting: Suppression, editor: User) -> None:
    with refused("suppression_two_persons"):
        Suppression.objects.update(confirmed_by=editor, confirmed_at=clock.now())
    with refused("suppression_two_persons"):
        Suppression.objects.update(confirmed_at=clock.now())


def test_nothing_is_confirmed_without_having_been_asked_for(
    article: Article, editor: User, administrator: User
) -> None:
    with refused(KEPT):
        Suppression.objects.create(
            article=article,
            reason="harm",
            requested_by=editor,
            requested_at=clock.now(),
            confirmed_by=administrator,
            confirmed_at=clock.now(),
        )


@pytest.mark.parametrize(
    ("model", "columns"),
    [(Revision, purge_rules.REVISION), (Review, purge_rules.REVIEW), (Rendering, purge_rules.RENDERING)],
)
def test_every_column_of_a_kept_table_stays_or_is_blanked(
    model: type, columns: tuple[list[str], list[str]]
) -> None:
    stays, texts = columns
    assert {*stays, *texts} == {field.column for field in model._meta.concrete_fields}  # type: ignore[attr-defined]


def test_without_a_permit_no_text_is_blanked(article: Article, reviewer: User) -> None:
    reviewed(article, by=reviewer)
    _no_text_is_blanked(article)


def test_the_permit_of_another_article_opens_nothing(article: Article, reviewer: User) -> None:
    reviewed(article, by=reviewer)
    with permitted("purge", an_article(slug="other").pk):
        _no_text_is_blanked(article)


def _no_text_is_blanked(article: Article) -> None:
    with refused("articles_revision_append_only"):
        Revision.objects.filter(article=article).update(content=b"", message="", block_ids=[])
    with refused("articles_review_append_only"):
        Review.objects.update(note="", interests="", remarks=[])
    with refused("articles_rendering_append_only"):
        Rendering.objects.update(body=b"")
    with refused("publication_is_history"):
        _blanked(article)


def _blanked(article: Article, **more: object) -> None:
    texts = dict.fromkeys(
        ("title_key", "note_types", "change_note", "correction", "explanation", "break_glass"), ""
    )
    Publication.objects.filter(article=article).update(card=b"", **texts | more)


def test_the_permit_lets_nothing_but_blanking_through(article: Article, reviewer: User) -> None:
    reviewed(article, by=reviewer)
    with permitted("purge", article.pk):
        with refused("articles_revision_append_only"):
            Revision.objects.filter(article=article).update(content=b"{}", message="", block_ids=[])
        with refused("articles_revision_append_only"):
            Revision.objects.filter(article=article).update(
                content=b"", message="", block_ids=[], sha256="0" * 64
            )
        with refused("articles_rendering_append_only"):
            Rendering.objects.update(body=b"{}")
        with refused("articles_rendering_append_only"):
            sql("DELETE FROM articles_rendering")
        with refused("articles_review_append_only"):
            Review.objects.update(note="", interests="", remarks=[], decision="request_changes")
        for changed in (
            {"slug": "another"},
            {"change_note": "Another."},
            {"version": 9},
            {"rendering_id": None},
        ):
            with refused("publication_is_history"):
                _blanked(article, **changed)


def test_a_permit_does_not_outlive_its_transaction(article: Article) -> None:
    with permitted("purge", article.pk):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cms_permit")
        assert cursor.fetchone() == (0,)


def test_the_named_publication_is_the_one(article: Article, in_force: Suppression) -> None:
    assert [row.publication_id for row in in_force.rows.all()] == [first_row(article).pk]
