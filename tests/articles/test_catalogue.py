"""The catalogue: each save is a version with an interval of its own, and what embeds an entry keeps what it showed."""

import hashlib
from collections.abc import Callable
from datetime import datetime

import pytest

from articles import actions
from articles.models import CatalogueItem
from articles.reading import catalogue, catalogue_entry
from cms import clock
from cms.clock import FAR
from cms.errors import NotFound, PreconditionFailed, WrongState
from cms.models import AuditEntry, User
from cms.preconditions import IfMatch
from tests.articles.reader import document
from tests.builders import SECOND, a_published_article, ago, ahead, an_entry, published

pytestmark = pytest.mark.django_db
Travel = Callable[[float], datetime]


def saved(item: CatalogueItem, **content: object) -> CatalogueItem:
    item.refresh_from_db()
    head = item.versions.get(number=item.head_number)
    return actions.save_entry(
        item_id=item.pk, content=head.document | content, expected=IfMatch((item.etag,)), by=None
    )


def retired(item: CatalogueItem) -> CatalogueItem:
    return actions.retire_entry(item_id=item.pk, expected=IfMatch((item.etag,)), by=None)


def test_a_new_entry_is_public_from_a_second_ahead(editor: User, travel: Travel) -> None:
    item = actions.create_entry(kind="topic", key="sleep", content={"title": {"en": "Sleep"}}, by=editor)
    (first,) = item.versions.all()
    assert first.effective_from.microsecond == 0
    assert first.effective_from > clock.now()
    with pytest.raises(NotFound):
        catalogue_entry("topic", "sleep", first.effective_from - SECOND)
    assert catalogue_entry("topic", "sleep", first.effective_from).number == 1


def test_the_hash_of_a_version_is_that_of_its_bytes() -> None:
    (first,) = an_entry("topic", "sleep").versions.all()
    assert first.sha256 == hashlib.sha256(bytes(first.content)).hexdigest()


def test_a_key_names_one_entry_of_a_kind() -> None:
    an_entry("topic", "sleep")
    an_entry("reference", "sleep")
    with pytest.raises(WrongState) as caught:
        an_entry("topic", "sleep")
    assert caught.value.code == "key_taken"


def test_a_save_makes_a_version_and_the_one_before_ends_where_it_begins(travel: Travel) -> None:
    item = an_entry("topic", "sleep")
    saved(item, title={"en": "Sleep and rest"})
    first, second = item.versions.order_by("number")
    assert (first.effective_until, second.effective_until) == (second.effective_from, FAR)
    before = catalogue_entry("topic", "sleep", second.effective_from - SECOND)
    after = catalogue_entry("topic", "sleep", second.effective_from)
    assert (before.content["title"]["en"], after.content["title"]["en"]) == ("Sleep", "Sleep and rest")


def test_a_save_of_the_same_makes_no_version() -> None:
    item = an_entry("topic", "sleep")
    assert saved(item, title={"fr": "Sommeil", "en": "Sleep"}).head_number == 1


def test_a_stale_save_is_refused(travel: Travel) -> None:
    item = an_entry("topic", "sleep")
    read = IfMatch((item.etag,))
    saved(item, title={"en": "Rest"})
    with pytest.raises(PreconditionFailed):
        actions.save_entry(item_id=item.pk, content={"title": {"en": "Mine"}}, expected=read, by=None)


@pytest.mark.parametrize("verb", [lambda item: saved(item, title={"en": "Again"}), retired])
def test_a_version_that_has_not_begun_is_not_followed_yet(verb: Callable[[CatalogueItem], object]) -> None:
    item = an_entry("topic", "sleep", since=ahead(minutes=1))
    with pytest.raises(WrongState) as caught:
        verb(item)
    assert caught.value.code == "not_begun"


def test_a_retired_entry_is_no_longer_listed_and_what_embeds_it_keeps_it(travel: Travel) -> None:
    item = an_entry("topic", "sleep")
    article = a_published_article(topics=["sleep"])
    retired(item)
    travel(2)
    assert catalogue("topic", clock.read_instant()) == []
    assert [topic["slug"] for topic in document(article)["topics"]] == ["sleep"]
    assert catalogue_entry("topic", "sleep", ago(days=1)).number == 1


def test_a_retired_entry_takes_no_more_saves(travel: Travel) -> None:
    item = an_entry("topic", "sleep")
    retired(item)
    with pytest.raises(NotFound):
        saved(item, title={"en": "Again"})


def test_published_bytes_keep_what_they_showed_until_they_are_published_again(travel: Travel) -> None:
    item = an_entry("topic", "sleep")
    article = a_published_article(topics=["sleep"])
    saved(item, title={"en": "Sleep and rest"})
    travel(2)
    assert document(article)["topics"][0]["title"] == "Sleep"
    published(article)
    travel(2)
    assert document(article)["topics"][0]["title"] == "Sleep and rest"


def test_every_write_is_in_the_audit(editor: User) -> None:
    item = actions.create_entry(
        kind="topic", key="sleep", content={"title": {"en": "Sleep"}}, by=editor, starts=ago(days=1)
    )
    saved(item, title={"en": "Rest"})
    found = (
        AuditEntry.objects.filter(subject=item.pk)
        .order_by("id")
        .values_list("verb", "subject_type", "detail")
    )
    assert list(found) == [
        ("catalogue.create", "topic", {"version": 1}),
        ("catalogue.save", "topic", {"version": 2}),
    ]
