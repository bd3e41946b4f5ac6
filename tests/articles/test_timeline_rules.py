"""From its first publication on exactly one row covers every instant of an article, and the database sees to it."""

import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from articles import actions
from articles.actions import Past
from articles.models import Article, Publication
from cms.clock import FAR
from cms.errors import WrongState
from cms.ids import uuid7
from tests.articles.refusals import refused, refused_at_commit, sql
from tests.builders import (
    DAY,
    a_published_article,
    ago,
    ahead,
    an_article,
    fresh,
    published,
    rows,
    taken_down,
)

pytestmark = pytest.mark.django_db


def copied(row: Publication, **changes: Any) -> Publication:
    """A publication like another, with another id and with what the test says."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return Publication(**(fields | {"id": uuid7(), "successor_id": None} | changes))


@pytest.fixture
def live() -> Article:
    return a_published_article()


@pytest.fixture
def row(live: Article) -> Publication:
    return rows(live)[0]


def test_two_rows_of_an_article_never_overlap(row: Publication) -> None:
    with refused("publication_no_overlap", "publication_gap"):
        copied(row, effective_from=ahead(days=1), slug="another").save(force_insert=True)


def test_two_rows_linked_in_a_row_never_overlap(row: Publication) -> None:
    later = copied(row, effective_from=ahead(days=1), slug="another")
    with refused("publication_no_overlap", "publication_gap"), transaction.atomic():
        Publication.objects.filter(pk=row.pk).update(successor=later, effective_until=ahead(days=2))
        later.save(force_insert=True)


def test_two_readable_articles_never_share_a_slug(row: Publication) -> None:
    other = a_published_article(slug="dreams")
    (theirs,) = rows(other)
    taken = copied(theirs, effective_from=ahead(days=1), slug=row.slug)
    with refused("publication_slug_free"), transaction.atomic():
        Publication.objects.filter(pk=theirs.pk).update(successor=taken, effective_until=ahead(days=1))
        taken.save(force_insert=True)


def test_the_same_slug_in_another_locale_is_free(row: Publication) -> None:
    french = a_published_article(locale="fr", slug=row.slug)
    assert rows(french)[0].slug == row.slug


def test_an_article_that_is_gone_reserves_no_slug(live: Article) -> None:
    gone = taken_down(live).row
    other = an_article(slug="sleep")
    row = published(other, effective_from=gone.effective_from + DAY).row
    assert row.slug == gone.slug


def test_an_end_without_a_successor_is_refused(row: Publication) -> None:
    with refused("publication_no_gap"):
        Publication.objects.filter(pk=row.pk).update(effective_until=ahead(days=1))


def test_a_successor_without_an_end_is_refused(row: Publication) -> None:
    later = copied(row, effective_from=ahead(days=1))
    with refused("publication_no_gap"):
        Publication.objects.filter(pk=row.pk).update(successor_id=later.pk)


def test_a_successor_that_begins_later_leaves_a_gap_and_is_refused(row: Publication) -> None:
    later = copied(row, effective_from=ahead(days=2))
    with refused("publication_gap"), transaction.atomic():
        Publication.objects.filter(pk=row.pk).update(successor_id=later.pk, effective_until=ahead(days=1))
        later.save(force_insert=True)


def test_a_successor_that_never_comes_is_refused_at_the_commit(row: Publication) -> None:
    with refused_at_commit():
        Publication.objects.filter(pk=row.pk).update(successor_id=uuid7(), effective_until=ahead(days=1))


def test_a_successor_of_another_article_is_refused(row: Publication) -> None:
    other = an_article(slug="dreams")
    theirs = published(other, effective_from=ahead(days=1)).row
    with refused("publication_gap"):
        Publication.objects.filter(pk=row.pk).update(successor=theirs, effective_until=theirs.effective_from)


def test_a_row_that_no_row_leads_to_is_refused(row: Publication) -> None:
    with refused("publication_gap", "publication_no_overlap"):
        copied(row, effective_from=ahead(days=1)).save(force_insert=True)


def test_taking_a_row_out_of_the_middle_is_refused_at_the_commit(live: Article) -> None:
    published(live, effective_from=ahead(days=1))
    published(live, effective_from=ahead(days=2), change_note="Again.")
    middle = rows(live)[1]
    with refused_at_commit():
        Publication.objects.filter(pk=middle.pk)._raw_delete("default")


def test_nothing_begins_in_the_past(live: Article, row: Publication) -> None:
    draft = an_article(slug="dreams")
    with refused("publication_in_past"):
        copied(row, article_id=draft.pk, slug="dreams", effective_from=ago(seconds=5)).save(force_insert=True)


def test_a_past_is_laid_down_only_where_none_is(live: Article) -> None:
    past = Past(live.revisions.get(number=1), ago(days=20), "major", "Earlier than it was.")
    with pytest.raises(WrongState) as caught:
        actions.lay_down(article_id=live.pk, past=[past], by=None)
    assert caught.value.code == "has_history"


@pytest.mark.parametrize("bound", ["effective_from", "effective_until"])
def test_an_instant_between_two_seconds_is_refused(row: Publication, bound: str) -> None:
    draft = an_article(slug="dreams")
    halfway = ahead(days=1) + timedelta(milliseconds=500)
    bounds = {"effective_from": ahead(days=1), "effective_until": FAR} | {bound: halfway}
    if bound == "effective_until":
        bounds |= {"effective_from": ahead(hours=1), "successor_id": uuid7()}
    with refused("publication_grain"):
        copied(row, article_id=draft.pk, slug="dreams", **bounds).save(force_insert=True)


@pytest.mark.parametrize("spelling", ["T", ".000 "])
def test_an_instant_in_another_spelling_slips_through_nowhere(row: Publication, spelling: str) -> None:
    """SQLite compares text. PostgreSQL reads all spellings as one instant, which has passed."""
    text = f"{ago(hours=1):%Y-%m-%d}{spelling.strip('.0 ') or ' '}{ago(hours=1):%H:%M:%S}"
    text += ".000" if "." in spelling else ""
    with refused("publication_grain", "publication_is_history", "publication_no_gap"):
        sql("UPDATE articles_publication SET effective_until = %s", text)


def test_dates_that_contradict_each_other_are_refused(live: Article, row: Publication) -> None:
    draft = an_article(slug="dreams")
    later = copied(
        row, article_id=draft.pk, slug="dreams", effective_from=ahead(days=1), updated_at=ahead(days=2)
    )
    with refused("publication_dates"):
        later.save(force_insert=True)


def test_a_readable_row_has_bytes(row: Publication) -> None:
    draft = an_article(slug="dreams")
    empty = copied(row, article_id=draft.pk, slug="dreams", effective_from=ahead(days=1), rendering_id=None)
    with refused("publication_readable_has_bytes"):
        empty.save(force_insert=True)


def test_the_rules_hold_for_what_the_verbs_wrote(live: Article) -> None:
    published(live, effective_from=ahead(days=1), effective_until=ahead(days=3))
    published(fresh(live), effective_from=ahead(days=2), change_note="Again.")
    connection.check_constraints()
    found = rows(live)
    assert all(a.effective_until == b.effective_from for a, b in itertools.pairwise(found))
    assert found[-1].effective_until == FAR
