"""A made-up site keeps the rules of timelines and threads, is served like any other, and can be worked on."""

import io
import json
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.actions.gathering import examined
from articles.checks import findings
from articles.models import Article, Embed, Publication, PublicationTopic, Revision
from articles.rendering.times import rfc3339
from articles.scale.plans import Supply, plan
from articles.scale.texts import family
from cms import clock
from cms.canonical import sha256_hex
from cms.models import Change, PendingChange, Permit
from comments import paths
from comments.models import Comment, CommentPrivate, CommentVersion, Thread
from comments.scale.seeding import shares
from tests.builders import fresh, published
from tests.load.length import chance
from tests.scale.conftest import ARTICLES, COMMENTS, VERSIONS, WORDS

pytestmark = pytest.mark.django_db


def test_it_writes_what_was_asked_for_and_says_how_fast(site):
    assert Article.objects.count() == ARTICLES
    assert Comment.objects.count() == COMMENTS
    lines = [line.split() for line in site.splitlines()]
    assert [line[:2] for line in lines] == [
        ["articles", str(ARTICLES)],
        ["replies", str(COMMENTS)],
        ["changes", f"{Change.objects.count():,}"],
    ]
    assert all(line[-1].endswith("/s") for line in lines)


def test_every_timeline_is_without_gap_or_overlap_and_names_its_successors(site):
    for article in Article.objects.filter(last_version__gt=0):
        rows = list(Publication.objects.filter(article=article).in_time_order())
        for row, following in pairwise(rows):
            assert row.effective_until == following.effective_from
            assert row.successor_id == following.pk
        assert rows[-1].effective_until == clock.FAR
        assert rows[-1].successor_id is None
        assert [row.version for row in rows] == list(range(1, len(rows) + 1))
        assert article.last_version == len(rows) >= VERSIONS
    connection.check_constraints()


def test_all_fates_occur_and_no_permit_is_left(site):
    now = clock.read_instant()
    states = Counter(Publication.objects.covering(now).values_list("state", flat=True))
    assert states["live"] > ARTICLES * 0.8
    assert set(states) == {"live", "withdrawn", "gone"}
    assert Publication.objects.ahead(now).exists()
    assert Article.objects.filter(last_version=0).exists()
    assert not Permit.objects.exists()


def test_rows_bytes_and_what_hangs_on_them_agree(site):
    for row in Publication.objects.readable().select_related("rendering", "revision"):
        document, content = json.loads(bytes(row.rendering.body)), row.revision.document
        assert sha256_hex(bytes(row.rendering.body)) == row.rendering_id
        assert (document["slug"], document["version"]) == (row.slug, row.version)
        assert WORDS / 2 < document["body"]["word_count"] < WORDS * 2
        assert PublicationTopic.objects.filter(publication=row).count() == len(content["topics"])
        shown = {card["id"] for card in (*document["topics"], *document["authors"])}
        assert shown <= {
            str(id_) for id_ in Embed.objects.filter(publication=row).values_list("item_id", flat=True)
        }
        assert bool(document["review"]["reviewed_at"]) == row.medical


def test_revisions_hold_what_was_hashed_and_follow_one_another(site):
    for article in Article.objects.all():
        revisions = list(Revision.objects.filter(article=article).order_by("number"))
        assert [row.number for row in revisions] == list(range(1, article.head_number + 1))
        assert [row.parent_number for row in revisions] == [None, *range(1, article.head_number)]
        assert all(sha256_hex(bytes(row.content)) == row.sha256 for row in revisions)


def test_no_check_finds_an_error(site):
    for revision in Revision.objects.select_related("article").order_by("id")[:40]:
        found = findings(examined(revision.article, revision))
        assert [finding.code for finding in found if finding.severity == "error"] == []


def test_the_log_tells_every_beginning_once_in_the_order_of_time(site):
    instants = list(Change.objects.order_by("id").values_list("at", flat=True))
    assert instants == sorted(instants)
    begun = Publication.objects.begun(clock.now())
    told = Change.objects.filter(type__startswith="article.")
    assert Counter(told.values_list("article_id", "version")) == Counter(
        begun.values_list("article_id", "version")
    )
    ahead = Publication.objects.ahead(clock.now())
    assert set(PendingChange.objects.values_list("publication_id", flat=True)) == set(
        ahead.values_list("pk", flat=True)
    )


def test_threads_count_exactly_what_is_in_them(site):
    for thread in Thread.objects.all():
        comments = list(Comment.objects.filter(article_id=thread.article_id).order_by("path"))
        by_path = {bytes(comment.path): comment for comment in comments}
        beneath = Counter(
            above
            for comment in comments
            if comment.state == "published"
            for above in paths.ancestors(bytes(comment.path))
        )
        for path, comment in by_path.items():
            assert comment.public_replies == beneath[path]
            assert bytes(comment.newest) == paths.newest(path)
            parent = by_path[paths.ancestors(path)[-1]] if comment.depth else None
            assert comment.parent_id == (parent.pk if parent else None)
            children = [other for other in comments if other.parent_id == comment.pk]
            assert comment.last_child == len(children)
        assert thread.public_count == sum(comment.state == "published" for comment in comments)
        assert thread.held_count == sum(comment.private.queue == "waiting" for comment in comments)
        assert thread.last_root == sum(comment.depth == 0 for comment in comments)


def test_one_thread_is_the_largest_by_far_and_deep(site):
    sizes = Counter(Comment.objects.values_list("article_id", flat=True))
    (first, most), (_, second) = sizes.most_common(2)
    assert most == COMMENTS / 2 > 2 * second
    assert max(Comment.objects.filter(article_id=first).values_list("depth", flat=True)) == 19


def test_erased_replies_hold_no_word_and_no_address(site):
    erased = Comment.objects.filter(state="deleted")
    assert erased
    for version in CommentVersion.objects.filter(comment__in=erased):
        assert (version.text, version.html, version.public_name) == ("", "", "")
        assert version.erased_at
    assert not CommentPrivate.objects.filter(comment__in=erased, contact__isnull=False).exists()


def test_readers_get_articles_lists_the_past_and_replies(site, client):
    now = clock.read_instant()
    row = Publication.objects.live(now).filter(effective_from__lt=now - timedelta(days=3)).first()
    answer = client.get(f"/api/v1/articles/{row.slug}?locale={row.locale}")
    assert answer.content == bytes(row.rendering.body)
    page = client.get("/api/v1/articles?count=true&limit=50").json()
    assert page["count"] == Publication.objects.live(now).count()
    for past in Publication.objects.readable().filter(effective_until__lt=now)[:20]:
        at = rfc3339(past.effective_until - timedelta(seconds=1))
        answer = client.get(f"/api/v1/articles/{past.article_id}?at={at}")
        assert answer.content == bytes(past.rendering.body)


def test_a_list_of_a_year_ago_holds_what_was_live_then(site, client):
    then = clock.read_instant() - timedelta(days=365)
    page = client.get(f"/api/v1/articles?count=true&at={rfc3339(then)}").json()
    assert page["count"] == Publication.objects.live(then).count() > 0


def test_readers_can_walk_the_largest_thread(site, client):
    thread = Thread.objects.order_by("-public_count").first()
    address, seen = f"/api/v1/articles/{thread.article_id}/comments?limit=100", []
    while address:
        page = client.get(address).json()
        seen += [comment["id"] for comment in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == Comment.objects.visible().in_thread(thread.article_id).count()


def test_a_slug_that_moved_leads_to_its_article(site, client):
    now = clock.read_instant()
    for row in Publication.objects.live(now).filter(version=VERSIONS):
        old = Publication.objects.filter(article_id=row.article_id).exclude(slug=row.slug).first()
        if old:
            answer = client.get(f"/api/v1/articles/{old.slug}?locale={old.locale}")
            assert (answer.status_code, row.slug in answer["Location"]) == (308, True)
            return
    raise AssertionError("no article moved")


def test_a_seeded_article_can_be_published_again(site, travel, client):
    now = clock.read_instant()
    row = Publication.objects.live(now).filter(medical=False, successor=None).first()
    article = fresh(row.article_id)
    outcome = published(article, change_note="Read again.")
    assert outcome.row.version == row.version + 1
    travel(3)
    assert client.get(f"/api/v1/articles/{article.pk}").json()["version"] == row.version + 1


def test_a_database_with_articles_is_refused(site):
    with pytest.raises(CommandError, match="has to be empty"):
        call_command("seed_scale", articles=1, stdout=io.StringIO())
    assert Article.objects.count() == ARTICLES


def test_the_same_seed_plans_the_same_articles():
    supply = Supply(("garden", "bread"), ("maren",), VERSIONS, clock.read_instant())
    one, other = ([plan(random, n, "fr", supply) for n in range(9)] for random in (chance(3), chance(3)))
    assert one == other
    assert len({planned.slug for planned in one}) == len(one)


def test_texts_are_as_long_as_they_were_asked_to_be():
    for words in (100, 300, 600, 1_200):
        for text in family(chance(words), "en", words):
            assert words * 0.6 < len(text.source.split()) < words * 1.4


@pytest.mark.parametrize(("comments", "threads"), [(1, 1), (1, 5), (2, 5), (7, 3), (10_000, 400)])
def test_replies_are_shared_out_to_the_last(comments, threads):
    given = shares(comments, threads)
    assert sum(given) == comments
    assert len(given) <= threads
    assert min(given) >= 1
