"""What was written and served is kept on a database that was migrated with rows in place, back and forth (R11, T16)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from articles.models import Article, Embed, Publication, PublicationTopic, Rendering, Review, Revision
from cms import changes, triggers
from cms.models import Change, User
from tests.articles.reader import served
from tests.articles.refusals import refused, replace_all, sql
from tests.builders import (
    a_revision,
    a_user,
    ago,
    ahead,
    an_article,
    an_entry,
    published,
    reviewed,
    rows,
    with_past,
)

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("migrated")]

BEFORE = ("articles", "0003_autosave")
CHANGED: dict[type[Model], tuple[str, Any]] = {
    # model: a column, and the value that somebody would like it to have
    Revision: ("message", "rewritten"),
    Review: ("note", "rewritten"),
    Rendering: ("body", b"{}"),
    Publication: ("slug", "another"),
    PublicationTopic: ("article_id", "00000000000000000000000000000000"),
    Embed: ("item_version", 9),
    Change: ("type", "article.gone"),
}
MODELS = list(CHANGED)


@dataclass
class Migrated:
    """An article, and what was served of it and kept before."""

    article: Article
    served: list[Any]
    kept: list[list[tuple[Any, ...]]]


def an_article_with_everything(author: User, reviewer: User) -> Article:
    """Served since ten days ago, in two versions, a third ahead; with everything that hangs on it."""
    an_entry("topic", "sleep")
    made = an_article(by=author, topics=["sleep"])
    reviewed(made, by=reviewer)
    changes.log(at=ago(days=1), type="article.published", subject=made.pk)
    with_past(made, ago(days=10), ago(days=5))
    a_revision(made, by=author, title="For another day")
    published(made, effective_from=ahead(days=5))
    return made


@pytest.fixture(scope="module")
def migrated(django_db_setup: None, django_db_blocker: Any) -> Iterator[Migrated]:
    """Back to before the tables were altered, and forward again, as an operator would; what tests do is taken back."""
    with django_db_blocker.unblock():
        article = an_article_with_everything(a_user("author", "author"), a_user("reviewer", "reviewer"))
        before = Migrated(article, everything_served(article), contents())
        MigrationExecutor(connection).migrate([BEFORE])
        call_command("migrate", verbosity=0)
        yield before
        triggers.remove(connection)  # the flush sends post_migrate, which makes them again
        call_command("flush", verbosity=0, interactive=False)


def names_of(error_of: type[Model]) -> tuple[str, ...]:
    table = error_of._meta.db_table
    short = table.removeprefix("articles_")
    return (
        f"{table}_append_only",
        f"{short}_is_history",
        f"{table}_no_truncate",
        "publication_in_past",
        "publication_no_overlap",
    )


def test_every_row_is_as_it_was_and_served_as_it_was(migrated: Migrated) -> None:
    assert (everything_served(migrated.article), contents()) == (migrated.served, migrated.kept)
    assert triggers.missing(connection) == []


def test_the_desk_finds_it_by_what_its_newest_text_names(migrated: Migrated) -> None:
    assert Article.objects.get(pk=migrated.article.pk).head_topics == " sleep "


def test_nothing_kept_can_be_changed_and_work_goes_on(migrated: Migrated) -> None:
    article, before = migrated.article, contents()
    for model in MODELS:
        for attempt in attempts_on(model):
            with refused(*NAMES):
                attempt()
    assert contents() == before
    no_overlap_and_no_gap(article)
    a_revision(article, title="Urgent")
    assert published(article).row is not None
    assert [row.version for row in rows(article)] == [1, 2, 3, 4]


def attempts_on(model: type[Model]) -> tuple[Callable[[], object], ...]:
    """To change or remove its rows, by the ORM and past it."""
    column, value = CHANGED[model]
    table, every = model._meta.db_table, model._default_manager
    return (
        lambda: every.update(**{column: value}),
        lambda: sql(f"UPDATE {table} SET {column} = %s", value),
        lambda: every.all()._raw_delete("default"),
        lambda: sql(f"DELETE FROM {table}"),
        lambda: replace_all(table),
    )


NAMES = tuple(name for model in MODELS for name in names_of(model))
"""A TRUNCATE that cascades is refused by whichever table comes first."""


def no_overlap_and_no_gap(article: Article) -> None:
    first, second, coming = rows(article)
    with refused("publication_is_history", "publication_no_gap", "publication_gap"):
        Publication.objects.filter(pk=second.pk).update(effective_until=ago(days=1))
    with refused("publication_is_history", "publication_gap", "publication_no_overlap"):
        Publication.objects.filter(pk=first.pk).update(effective_until=coming.effective_from)
    with refused("publication_gap", "publication_no_overlap", "publication_no_gap"):
        later = coming.effective_from + timedelta(hours=1)
        Publication.objects.filter(pk=second.pk).update(effective_until=later)


def everything_served(article: Article) -> list[Any]:
    return [served(article, row.effective_from) for row in rows(article)]


def contents() -> list[list[tuple[Any, ...]]]:
    """Every kept row, but for columns that came with later migrations."""
    found = []
    for model in MODELS:
        columns = [field.attname for field in model._meta.concrete_fields]
        found.append(sorted(model._default_manager.values_list(*columns), key=repr))
    return [[tuple(map(_plain, row)) for row in table] for table in found]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
