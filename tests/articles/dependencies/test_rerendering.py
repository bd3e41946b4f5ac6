"""What embeds an entry follows it as a new row of the same version; what was served stays what it was."""

import json
from typing import Any

import pytest

from articles import actions
from articles.actions.rerendering import stale
from articles.models import Article, CatalogueItem, Publication
from cms import changes, clock
from cms.clock import FAR
from cms.errors import NotFound
from cms.ids import uuid7
from cms.models import AuditEntry, Change, User
from tests.articles.dependencies.entries import SEEN, Travel, retitled, saved
from tests.articles.reader import document, served, state
from tests.builders import (
    a_byline,
    a_published_article,
    a_revision,
    ago,
    ahead,
    an_article,
    an_entry,
    fresh,
    published,
    reviewed,
    rows,
    tag,
    taken_down,
)

pytestmark = pytest.mark.django_db
DATES = ("version", "revision", "published_at", "updated_at", "first_published_at", "corrections", "review")


@pytest.fixture
def topic() -> CatalogueItem:
    return an_entry("topic", "sleep")


def titles(article: Article, at: Any = None) -> list[str]:
    return [topic["title"] for topic in document(article, at)["topics"]]


def test_a_renamed_topic_is_shown_by_documents_and_cards_and_the_past_stays(
    topic: CatalogueItem, travel: Travel
) -> None:
    article = a_published_article(topics=["sleep"])
    before = document(article)
    retitled(topic, "Rest")
    travel(SEEN)
    yesterday, bytes_before = ago(days=1), served(article, ago(days=1))
    assert actions.rerender(article_id=article.pk)
    travel(SEEN)
    after = document(article)
    assert titles(article) == ["Rest"]
    assert {name: after[name] for name in DATES} == {name: before[name] for name in DATES}
    assert served(article, yesterday) == bytes_before
    assert titles(article, yesterday) == ["Sleep"]
    old, new = rows(article)
    assert json.loads(bytes(new.card))["topics"][0]["title"] == "Rest"
    assert (old.version, old.effective_until) == (new.version, new.effective_from)
    assert (new.update_type, new.revision_id, new.effective_until) == ("rerender", old.revision_id, FAR)
    assert stale() == []


def test_a_rerendering_is_audited_logged_and_no_write_of_an_editor(
    topic: CatalogueItem, travel: Travel
) -> None:
    article = a_published_article(topics=["sleep"])
    retitled(topic, "Rest")
    travel(SEEN)
    tag = fresh(article).etag
    actions.rerender(article_id=article.pk)
    travel(SEEN)
    changes.settle(clock.read_instant())
    logged = Change.objects.filter(article_id=article.pk).order_by("-id")[0]
    assert (logged.type, logged.version, logged.at) == (
        "article.rerendered",
        1,
        rows(article)[-1].effective_from,
    )
    assert f"topic-{topic.pk}" in logged.cache_tags
    audited = AuditEntry.objects.get(verb="article.rerender")
    assert (audited.subject, audited.actor, audited.detail) == (article.pk, None, {"version": 1})
    assert fresh(article).etag == tag


@pytest.mark.parametrize(
    ("kind", "field", "change", "shown"),
    [
        ("person", "authors", {"name": "I. Halloran"}, "I. Halloran"),
        ("person", "authors", {"credentials": "PhD"}, "PhD"),
        ("reference", "references", {"publication_status": "corrected"}, "corrected"),
        ("legal_status", "legal", {"status": "permitted"}, "permitted"),
    ],
)
def test_every_kind_that_documents_embed_is_followed(
    travel: Travel, kind: str, field: str, change: dict[str, Any], shown: str
) -> None:
    item = an_entry(kind, "alpha")
    article = a_published_article(**{field: ["alpha"]})
    saved(item, **change)
    travel(SEEN)
    assert stale() == [article.pk]
    assert actions.rerender_stale(limit=5).done == 1
    travel(SEEN)
    assert shown in json.dumps(document(article))


@pytest.mark.parametrize(
    ("kind", "field", "change"),
    [
        ("person", "authors", {"bio": "Writes about sleep.", "interests": "None."}),
        ("topic", "topics", {"description": {"en": "All about sleep."}}),
        ("topic", "topics", {"title": {"en": "Sleep", "fr": "Le sommeil"}}),
        ("reference", "references", {"verification": {"status": "checked", "note": ""}}),
    ],
)
def test_what_no_document_shows_re_renders_nothing(
    travel: Travel, kind: str, field: str, change: dict[str, Any]
) -> None:
    item = an_entry(kind, "alpha")
    article = a_published_article(**{field: ["alpha"]})
    saved(item, **change)
    travel(SEEN)
    assert stale() == []
    assert not actions.rerender(article_id=article.pk)
    assert actions.rerender_stale(limit=5) == actions.Batch(done=0, failed=0, left=0)
    assert len(rows(article)) == 1
    assert not AuditEntry.objects.filter(verb="article.rerender").exists()


def test_each_locale_follows_what_it_shows(topic: CatalogueItem, travel: Travel) -> None:
    a_published_article(topics=["sleep"])
    french = a_published_article(topics=["sleep"], locale="fr")
    saved(topic, title={"en": "Sleep", "fr": "Le sommeil"})
    travel(SEEN)
    assert stale() == [french.pk]


def test_a_title_that_is_taken_back_re_renders_nothing(topic: CatalogueItem, travel: Travel) -> None:
    a_published_article(topics=["sleep"])
    retitled(topic, "Rest")
    travel(SEEN)
    saved(topic, title={"en": "Sleep", "fr": "Sommeil"})
    travel(SEEN)
    assert stale() == []


def test_what_lies_ahead_is_re_rendered_with_its_instants(topic: CatalogueItem, travel: Travel) -> None:
    article = a_published_article(topics=["sleep"])
    a_revision(article, title="For Friday")
    friday = published(article, effective_from=ahead(days=5), effective_until=ahead(days=6)).row
    retitled(topic, "Rest")
    travel(SEEN)
    actions.rerender_stale(limit=5)
    travel(SEEN)
    assert titles(article, friday.effective_from) == titles(article) == ["Rest"]
    shown = [(row.version, row.state, row.update_type) for row in rows(article)]
    assert shown == [
        (1, "live", "major"),
        (1, "live", "rerender"),
        (2, "live", "major"),
        (3, "gone", "minor"),
    ]
    assert rows(article)[2].pk == friday.pk
    assert (rows(article)[2].effective_from, rows(article)[2].created_at) == (
        friday.effective_from,
        friday.created_at,
    )


def test_an_article_that_is_only_scheduled_is_re_rendered_before_it_begins(
    topic: CatalogueItem, travel: Travel
) -> None:
    article = an_article(topics=["sleep"])
    row = published(article, effective_from=ahead(days=5)).row
    retitled(topic, "Rest")
    travel(SEEN)
    assert actions.rerender(article_id=article.pk)
    assert [(row.pk, row.update_type) for row in rows(article)] == [(row.pk, "major")]
    assert titles(article, row.effective_from) == ["Rest"]


def test_an_expiry_still_belongs_to_what_was_re_rendered(topic: CatalogueItem, travel: Travel) -> None:
    article = an_article(topics=["sleep"])
    published(article, effective_until=ahead(days=5))
    travel(SEEN)
    retitled(topic, "Rest")
    travel(SEEN)
    actions.rerender(article_id=article.pk)
    travel(SEEN)
    current = Publication.objects.live(clock.read_instant()).get()
    actions.reschedule(
        article_id=article.pk,
        publication_id=current.pk,
        expected=tag(article),
        by=None,
        effective_until=None,
        keep_end=False,
    )
    assert [(row.state, row.effective_until == FAR) for row in rows(article)] == [
        ("live", False),
        ("live", True),
    ]


def test_the_withdrawn_stays_withdrawn_with_its_explanation(topic: CatalogueItem, travel: Travel) -> None:
    article = a_published_article(topics=["sleep"])
    taken_down(article, "withdraw", explanation="Outdated.")
    travel(SEEN)
    retitled(topic, "Rest")
    travel(SEEN)
    assert actions.rerender_stale(limit=5).done == 1
    travel(SEEN)
    assert (state(article), titles(article)) == ("withdrawn", ["Rest"])
    assert document(article)["withdrawal"]["explanation"] == "Outdated."
    changes.settle(clock.read_instant())
    assert Change.objects.order_by("-id")[0].type == "article.rerendered"


def test_the_gone_is_left_alone(topic: CatalogueItem, travel: Travel) -> None:
    article = a_published_article(topics=["sleep"])
    taken_down(article)
    travel(SEEN)
    retitled(topic, "Rest")
    travel(SEEN)
    assert stale() == []
    assert not actions.rerender(article_id=article.pk)
    assert len(rows(article)) == 2


def test_a_draft_and_an_article_that_is_not_there(topic: CatalogueItem) -> None:
    assert not actions.rerender(article_id=an_article(topics=["sleep"]).pk)
    with pytest.raises(NotFound):
        actions.rerender(article_id=uuid7())


def test_the_review_is_kept(
    topic: CatalogueItem, travel: Travel, author: User, reviewer: User, editor: User
) -> None:
    person = a_byline(reviewer, "dr-sorrel")
    article = an_article(by=author, topics=["sleep"])
    reviewed(article, by=reviewer)
    published(article, by=editor)
    travel(SEEN)
    before = document(article)["review"]
    saved(person, name="Dr. Sorrel")
    travel(SEEN)
    assert actions.rerender(article_id=article.pk)
    travel(SEEN)
    after = document(article)["review"]
    assert after["reviewed_by"]["name"] == "Dr. Sorrel"
    assert {**after, "reviewed_by": None} == {**before, "reviewed_by": None}
    old, new = rows(article)
    assert (new.review_id, new.created_by_id) == (old.review_id, old.created_by_id)


@pytest.mark.parametrize("how", [{"correction": "A year was wrong."}, {"break_glass": "An urgent mistake."}])
def test_a_correction_is_told_once(topic: CatalogueItem, travel: Travel, how: dict[str, str]) -> None:
    article = a_published_article(topics=["sleep"])
    a_revision(article, title="Corrected")
    published(article, **how)
    travel(SEEN)
    before = document(article)
    assert len(before["corrections"]) == 1
    for title in ("Rest", "Repose"):
        retitled(topic, title)
        travel(SEEN)
        assert actions.rerender(article_id=article.pk)
        travel(SEEN)
        assert document(article)["corrections"] == before["corrections"]
    assert document(article)["review"] == before["review"]
    published(article, update_type="minor")
    travel(SEEN)
    assert len(document(article)["corrections"]) == 1


def test_a_glass_broken_for_the_first_version_becomes_no_correction(
    topic: CatalogueItem, travel: Travel
) -> None:
    article = an_article(topics=["sleep"])
    published(article, break_glass="An urgent warning.")
    travel(SEEN)
    retitled(topic, "Rest")
    travel(SEEN)
    assert actions.rerender(article_id=article.pk)
    travel(SEEN)
    shown = document(article)
    assert (shown["corrections"], shown["review"]["unreviewed_reason"]) == ([], "An urgent warning.")


def test_what_is_about_to_begin_is_rendered_where_it_stands(topic: CatalogueItem, travel: Travel) -> None:
    article = an_article(topics=["sleep"])
    begins = published(article, effective_from=ahead(seconds=20)).visible_at
    retitled(topic, "Rest")
    assert actions.rerender(article_id=article.pk)
    assert [(row.effective_from, row.update_type) for row in rows(article)] == [(begins, "major")]
    assert stale() == []
    travel(21)
    assert titles(article, begins) == ["Rest"]


def test_later_publications_count_on_from_the_version_that_was_re_rendered(
    topic: CatalogueItem, travel: Travel
) -> None:
    article = a_published_article(topics=["sleep"])
    retitled(topic, "Rest")
    travel(SEEN)
    actions.rerender(article_id=article.pk)
    travel(SEEN)
    a_revision(article, title="Better")
    published(article)
    travel(SEEN)
    assert [(row.version, row.update_type) for row in rows(article)] == [
        (1, "major"),
        (1, "rerender"),
        (2, "major"),
    ]


def test_taking_down_after_a_rerendering(topic: CatalogueItem, travel: Travel) -> None:
    article = a_published_article(topics=["sleep"])
    retitled(topic, "Rest")
    travel(SEEN)
    actions.rerender(article_id=article.pk)
    taken_down(article)
    travel(SEEN + 1)
    assert state(article) == "gone"


def test_what_was_re_rendered_before_it_began_can_be_cancelled_whole(topic: CatalogueItem) -> None:
    article = an_article(topics=["sleep"])
    row = published(article).row
    retitled(topic, "Rest")
    actions.rerender(article_id=article.pk)
    assert row is not None
    actions.cancel(article_id=article.pk, publication_id=row.pk, expected=tag(article), by=None)
    assert rows(article) == []


def test_what_was_re_rendered_before_it_began_can_be_moved_whole(topic: CatalogueItem) -> None:
    article = an_article(topics=["sleep"])
    row = published(article).row
    retitled(topic, "Rest")
    actions.rerender(article_id=article.pk)
    assert row is not None
    later = ahead(days=1)
    actions.reschedule(
        article_id=article.pk, publication_id=row.pk, expected=tag(article), by=None, effective_from=later
    )
    assert [(found.effective_from, found.version) for found in rows(article)] == [(later, 1)]
