"""The index in the transaction: all or nothing, two at once, made again from stored documents, gone with a purge."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from articles.models import Publication, SearchSpelling, SearchText, Suppression
from articles.searching import indexing
from articles.searching.spelling import distance
from cms import generation
from cms.management.commands import up
from cms.models import Site, User
from tests.articles.search.asking import asked, slugs, text
from tests.articles.suppression.histories import (
    SECRET,
    article_with_a_secret,
    confirmed,
    purged,
    taken_down_and_asked,
)
from tests.articles.test_failure_in_the_middle import failing_at
from tests.builders import a_revision, an_article, fresh, published
from tests.client import ApiClient
from tests.concurrency import together
from tests.security.rows import every_row, text_of

pytestmark = pytest.mark.django_db


def reindex(*arguments: str) -> str:
    out = io.StringIO()
    call_command("reindex", *arguments, stdout=out)
    return out.getvalue()


def unindex() -> None:
    SearchText.objects.all().delete()
    SearchSpelling.objects.all().delete()


@pytest.mark.usefixtures("library")
def test_it_is_made_again_from_stored_documents(reader: ApiClient) -> None:
    before = [slugs(reader, query) for query in ("anchor", "memoire", '"bad nights"')]
    unindex()
    assert slugs(reader, "anchor") == []
    reindex()
    assert [slugs(reader, query) for query in ("anchor", "memoire", '"bad nights"')] == before
    assert asked(reader, "anchro")["suggestion"] == "anchor"


@pytest.mark.usefixtures("library")
def test_what_was_stopped_goes_on_with_what_is_missing(reader: ApiClient) -> None:
    last = Publication.objects.order_by("-pk")[0]
    SearchText.objects.filter(publication=last).delete()
    SearchText.objects.filter(publication__slug="in-title").update(analysis=0)
    assert "2 indexed" in reindex()
    assert "0 indexed" in reindex()
    assert "9 indexed" in reindex("--all")


@pytest.mark.usefixtures("library")
def test_up_indexes_what_an_earlier_release_did_before_it_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[bool] = []
    monkeypatch.setattr(up.Command, "_serve", lambda self: served.append(indexing.is_outdated()))
    monkeypatch.setattr(up.Command, "_require_free_port", lambda self: None)
    monkeypatch.setattr(up.connections, "close_all", lambda: None)
    Site.objects.create(name="The Quiet Page")
    SearchText.objects.filter(publication__slug="in-title").update(analysis=0)
    out = io.StringIO()
    for _ in range(2):
        call_command("up", stdout=out)
    assert served == [False, False]
    assert out.getvalue().count("1 indexed in all") == 1


@pytest.mark.parametrize("year", [2038, 2106, 9998])
def test_what_lies_far_ahead_is_indexed_like_the_rest(year: int) -> None:
    published(an_article(), effective_from=datetime(year, 12, 31, tzinfo=UTC))
    assert SearchText.objects.get().publication.published_at.year == year


@pytest.mark.usefixtures("library")
def test_words_of_no_text_are_tidied_away() -> None:
    SearchSpelling.objects.create(key="nowhere", word="nowhere")
    reindex()
    assert not SearchSpelling.objects.filter(word="nowhere").exists()
    assert SearchSpelling.objects.filter(word="anchor").exists()


@pytest.mark.django_db(transaction=True)
def test_making_it_again_moves_the_generation() -> None:
    text("place", "A lighthouse", days=3)
    before = generation.current()
    unindex()
    assert generation.current() != before


@pytest.mark.django_db(transaction=True)
def test_whichever_statement_of_publishing_fails_the_index_has_nothing_of_it(reader: ApiClient) -> None:
    article = an_article(title="A lighthouse", slug="lighthouse")
    for number in range(1, 200):
        with failing_at(number) as failing:
            try:
                published(article)
            except OperationalError:
                assert not SearchText.objects.exists()
                assert not SearchSpelling.objects.exists()
                assert not tokens("lighthouse")
                continue
        assert failing.left > 0
        break
    assert SearchText.objects.count() == 1
    assert tokens("lighthouse")


def tokens(word: str) -> bool:
    """Whether the database's own full text has the word, whatever texts there are."""
    sql = {
        "sqlite": ("SELECT 1 FROM articles_searchindex WHERE articles_searchindex MATCH %s", f'"w{word}"'),
        "postgresql": ("SELECT 1 FROM articles_searchtext WHERE full_vector @@ %s::tsquery", f"w{word}"),
    }
    statement, value = sql[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        return cursor.fetchone() is not None


@pytest.mark.django_db(transaction=True)
def test_several_publish_the_same_words_at_once() -> None:
    articles = [
        an_article(title="A lighthouse", slug=f"place-{n}", locale=f"en-{'ABCD'[n]}A") for n in range(4)
    ]
    together([lambda article=article: published(article) for article in articles])
    assert SearchText.objects.count() == 4


def test_a_purge_leaves_no_word_of_it(
    author: User, editor: User, administrator: User, at_time: Callable[[datetime], None]
) -> None:
    article = article_with_a_secret(author)
    a_revision(article, title=f"Again {SECRET}", body_markdown=f"{SECRET} and {SECRET}.\n")
    at_time(published(article).visible_at)
    assert tokens(SECRET)
    assert SearchSpelling.objects.filter(word=SECRET).exists()
    at_time(taken_down_and_asked(fresh(article), by=editor, explanation="It was asked.").visible_at)
    confirmed(fresh(article), Suppression.objects.get(), by=administrator)
    assert not SearchText.objects.filter(publication__article=article).exists()
    purged(fresh(article), by=administrator)
    assert not SearchSpelling.objects.filter(word=SECRET).exists()
    assert {table for table, row in every_row() if SECRET in text_of(row).lower()} == set()
    assert not in_storage(SECRET)


def in_storage(word: str) -> bool:
    """Whether SQLite's index still holds the bytes in any of its own tables; PostgreSQL's has none beside the rows."""
    if connection.vendor != "sqlite":
        return tokens(word)
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM articles_searchindex_data")
        return any(word[-8:].encode() in bytes(block) for (block,) in cursor.fetchall())


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("anchor", "anchor", 0),
        ("anchro", "anchor", 1),
        ("ancor", "anchor", 1),
        ("anker", "anchor", 3),
        ("a", "", 1),
    ],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == slips == distance(other, one)
