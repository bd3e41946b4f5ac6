"""What has been written or served stays as it was, whoever tries to change it and by whatever statement (R11)."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.models import F, Model

from articles.models import (
    Article,
    CatalogueVersion,
    Embed,
    Publication,
    PublicationPerson,
    PublicationTopic,
    Rendering,
    Review,
    Revision,
)
from cms import changes
from cms.clock import FAR
from cms.ids import uuid7
from cms.models import AuditEntry, Change, User
from tests.articles.refusals import refused, refused_at_commit, replace_all, sql, stored
from tests.builders import ago, ahead, an_article, an_entry, published, reviewed, rows, with_past

pytestmark = pytest.mark.django_db

KEPT: dict[type[Model], tuple[str, ...]] = {
    # model: the rules that keep its rows
    Revision: ("articles_revision_append_only", "articles_revision_no_truncate"),
    Review: ("articles_review_append_only", "articles_review_no_truncate"),
    Rendering: ("articles_rendering_append_only", "articles_rendering_no_truncate"),
    Publication: ("publication_is_history", "publication_in_past", "articles_publication_no_truncate"),
    PublicationTopic: ("publicationtopic_is_history", "articles_publicationtopic_no_truncate"),
    PublicationPerson: ("publicationperson_is_history", "articles_publicationperson_no_truncate"),
    Embed: ("embed_is_history", "articles_embed_no_truncate"),
    CatalogueVersion: (
        "catalogueversion_is_history",
        "catalogueversion_in_past",
        "articles_catalogueversion_no_truncate",
    ),
    Change: ("cms_change_append_only", "cms_change_no_truncate"),
    AuditEntry: ("cms_auditentry_append_only", "cms_auditentry_no_truncate"),
}
CHANGED = {
    # model: a column, and the value that somebody would like it to have
    Revision: ("message", "rewritten"),
    Review: ("decision", "request_changes"),
    Rendering: ("body", b"{}"),
    Publication: ("slug", "another"),
    PublicationTopic: ("published_at", datetime(2020, 1, 1, tzinfo=UTC)),
    PublicationPerson: ("role", "reviewer"),
    Embed: ("item_version", 9),
    CatalogueVersion: ("number", 9),
    Change: ("type", "article.gone"),
    AuditEntry: ("verb", "nothing"),
}
MODELS = pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)


@pytest.fixture
def served(author: User, reviewer: User) -> Article:
    """An article with everything that hangs on it, public since ten days ago."""
    an_entry("topic", "sleep")
    an_entry("person", "ines-halloran")
    article = an_article(by=author, kind="guide", topics=["sleep"], authors=["ines-halloran"])
    reviewed(article, by=reviewer)
    changes.log(at=ago(days=1), type="article.published", subject=article.pk)
    return with_past(article, ago(days=10))


@MODELS
def test_an_update_by_the_orm_is_refused(served: Article, model: type[Model]) -> None:
    column, value = CHANGED[model]
    with refused(*KEPT[model]):
        model._default_manager.update(**{column: value})


@MODELS
def test_saving_a_changed_instance_is_refused(served: Article, model: type[Model]) -> None:
    column, value = CHANGED[model]
    row = model._default_manager.all()[0]
    setattr(row, column, value)
    with refused(*KEPT[model]):
        row.save()


@MODELS
def test_an_update_by_raw_sql_is_refused(served: Article, model: type[Model]) -> None:
    column, value = CHANGED[model]
    with refused(*KEPT[model]):
        sql(f"UPDATE {model._meta.db_table} SET {column} = %s", value)


@MODELS
def test_a_delete_by_the_orm_is_refused(served: Article, model: type[Model]) -> None:
    rows = model._default_manager.all()
    with refused(*KEPT[model]):
        rows._raw_delete(rows.db)


@MODELS
def test_a_delete_by_raw_sql_is_refused(served: Article, model: type[Model]) -> None:
    with refused(*KEPT[model]):
        sql(f"DELETE FROM {model._meta.db_table}")


@MODELS
def test_truncating_or_replacing_is_refused(served: Article, model: type[Model]) -> None:
    with refused(*{name for names in KEPT.values() for name in names}):
        replace_all(model._meta.db_table)


@MODELS
def test_an_upsert_is_refused(served: Article, model: type[Model]) -> None:
    column, value = CHANGED[model]
    table, key = model._meta.db_table, model._meta.pk.column
    with refused(*KEPT[model]):
        sql(
            f"INSERT INTO {table} SELECT * FROM {table} WHERE true "
            f"ON CONFLICT ({key}) DO UPDATE SET {column} = %s",
            value,
        )


@pytest.mark.parametrize("table", ["publicationtopic", "publicationperson", "embed"])
def test_nothing_joins_a_publication_that_has_begun(served: Article, table: str) -> None:
    other = an_entry("topic", "dreams")
    (row,) = rows(served)
    common = {"publication": row, "published_at": row.published_at, "article_id": served.pk}
    additions = {
        "publicationtopic": lambda: PublicationTopic.objects.create(topic=other, **common),
        "publicationperson": lambda: PublicationPerson.objects.create(person=other, role="author", **common),
        "embed": lambda: Embed.objects.create(publication=row, item=other, item_version=1),
    }
    with refused(f"{table}_is_history"):
        additions[table]()


def test_an_article_cannot_be_deleted_from_under_its_history(served: Article) -> None:
    with refused_at_commit():
        sql("DELETE FROM articles_article WHERE id = %s", stored(served.pk))


def test_the_end_of_a_publication_may_move_only_ahead_of_now(served: Article) -> None:
    with refused("publication_is_history", "publication_no_gap"):
        Publication.objects.filter(article=served).update(effective_until=ago(hours=1))


def test_an_end_that_has_passed_stays(served: Article) -> None:
    twice = with_past(an_article(slug="dreams"), ago(days=4), ago(days=2))
    with refused("publication_is_history"):
        Publication.objects.filter(article=twice, version=1).update(effective_until=ago(days=3))


def test_a_row_that_has_not_begun_may_go(served: Article) -> None:
    an_entry("topic", "dreams")
    outcome = published(served, effective_from=ahead(days=2))
    with transaction.atomic():
        first, second = rows(served)
        assert second.pk == outcome.row.pk
        second.delete()
        Publication.objects.filter(pk=first.pk).update(effective_until=FAR, successor=None)
        connection.check_constraints()
    assert [row.pk for row in rows(served)] == [first.pk]


def test_a_row_ahead_cannot_be_rewritten_either(served: Article) -> None:
    published(served, effective_from=ahead(days=2))
    with refused("publication_is_history"):
        Publication.objects.filter(article=served, effective_from__gt=ahead()).update(
            version=F("version") + 5
        )


def test_what_may_be_listed_is_never_widened(served: Article) -> None:
    with refused("publication_listable"):
        Publication.objects.filter(article=served).update(listable=False)


def test_a_catalogue_entry_of_the_past_keeps_its_bounds() -> None:
    item = an_entry("topic", "sleep")
    with refused("catalogueversion_is_history"):
        CatalogueVersion.objects.filter(item=item).update(effective_until=ago(days=1))


def test_two_versions_of_an_entry_never_overlap() -> None:
    item = an_entry("topic", "sleep")
    (first,) = item.versions.all()
    fields = {field.attname: getattr(first, field.attname) for field in first._meta.concrete_fields}
    with refused("catalogueversion_no_overlap"):
        CatalogueVersion.objects.create(
            **(fields | {"id": uuid7(), "number": 2, "effective_from": ahead(days=1)})
        )


def test_a_catalogue_version_cannot_begin_in_the_past() -> None:
    item = an_entry("topic", "sleep")
    (first,) = item.versions.all()
    fields = {field.attname: getattr(first, field.attname) for field in first._meta.concrete_fields}
    with refused("catalogueversion_in_past"):
        CatalogueVersion.objects.create(
            **(
                fields
                | {
                    "id": uuid7(),
                    "number": 2,
                    "effective_from": ago(days=60),
                    "effective_until": ago(days=40),
                }
            )
        )
