"""PATCH /api/v1/editorial/articles/{id}: a save that comes late, and `?merge=true`."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from articles import actions
from articles.actions.comparing import collision
from articles.models import Article, Revision
from cms import clock
from cms.errors import PreconditionFailed
from cms.models import AuditEntry, User
from tests.articles.test_failure_in_the_middle import fails_nowhere_halfway
from tests.builders import a_published_article, a_revision, an_article, an_entry, fresh, tag
from tests.client import ApiClient
from tests.concurrency import alone, together

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = (
    "Sleep often changes after trauma.",
    "It usually settles with time.",
    "Ask for help with it.",
)


def body(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


BODY = body(ONE, TWO, THREE)


@pytest.fixture
def article(author: User) -> Article:
    return an_article(by=author, body_markdown=BODY)


@pytest.fixture
def read(article: Article) -> str:
    """The tag of the first revision, as two editors have read it."""
    return article.etag


def save(client: ApiClient, article: Article, read: str, changes: dict[str, Any], *, merge: str = "") -> Any:
    query = f"?merge={merge}" if merge else ""
    url = f"/api/v1/editorial/articles/{article.pk}{query}"
    return client.patch(url, changes, headers={"if-match": read})


def newest(article: Article) -> Revision:
    revision: Revision = article.revisions.order_by("-number")[0]
    return revision


def test_a_late_save_is_told_what_both_did(
    as_editor: ApiClient, article: Article, author: User, read: str
) -> None:
    a_revision(article, by=author, title="Theirs", body_markdown=body(ONE + " Always.", TWO, THREE))
    answer = save(as_editor, article, read, {"body_markdown": body(ONE, TWO, THREE + " Soon.")})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (412, "stale")
    assert problem["current_etag"] == fresh(article).etag
    assert problem["base"]["revision"]["number"] == 1
    assert problem["base"]["content"]["body_markdown"] == BODY
    assert problem["theirs"]["revision"]["author"]["username"] == "author"
    assert [entry["field"] for entry in problem["theirs"]["changes"]["fields"]] == ["title"]
    assert [entry["before_position"] for entry in problem["theirs"]["changes"]["blocks"]] == [0]
    assert problem["yours"]["content"]["body_markdown"] == body(ONE, TWO, THREE + " Soon.")
    assert problem["yours"]["changes"]["fields"] == []
    assert [entry["before_position"] for entry in problem["yours"]["changes"]["blocks"]] == [2]
    assert (problem["mergeable"], problem["conflicts"]) == (True, [])
    assert problem["merged"]["body_markdown"] == body(ONE + " Always.", TWO, THREE + " Soon.")
    assert problem["merged"]["title"] == "Theirs"
    assert fresh(article).head_number == 2


def test_two_who_changed_different_paragraphs_both_keep_their_work(
    as_editor: ApiClient, article: Article, editor: User, read: str
) -> None:
    a_revision(article, body_markdown=body(ONE + " Always.", TWO, THREE))
    changes = {"body_markdown": body(ONE, TWO, THREE + " Soon."), "message": "An ending"}
    answer = save(as_editor, article, read, changes, merge="true")
    assert answer.status_code == 200
    assert answer["ETag"] == fresh(article).etag
    assert answer.json()["content"]["body_markdown"] == body(ONE + " Always.", TWO, THREE + " Soon.")
    merged = newest(article)
    assert (merged.number, merged.parent_number, merged.merge_parent_number) == (3, 2, 1)
    assert (merged.author, merged.message) == (editor, "An ending")
    assert answer.json()["head"]["merge_parent"] == 1


def test_a_merge_is_audited_as_one(as_editor: ApiClient, article: Article, editor: User, read: str) -> None:
    a_revision(article, title="Theirs")
    save(as_editor, article, read, {"summary": "Mine."}, merge="true")
    entry = AuditEntry.objects.filter(subject=article.pk).order_by("-at", "-id")[0]
    assert (entry.verb, entry.actor, entry.detail) == ("article.merge", editor, {"revision": 3})


def test_blocks_keep_their_ids_through_a_merge(as_editor: ApiClient, article: Article, read: str) -> None:
    a_revision(article, body_markdown=body(ONE + " Always.", TWO, THREE))
    before = newest(article).block_ids
    save(as_editor, article, read, {"body_markdown": body(ONE, TWO, THREE + " Soon.")}, merge="true")
    assert newest(article).block_ids == before


def test_two_who_changed_the_same_sentence_are_shown_both_and_nothing_is_saved(
    as_editor: ApiClient, article: Article, read: str
) -> None:
    a_revision(article, body_markdown=BODY.replace("usually", "often"))
    changes = {"title": "Mine", "body_markdown": BODY.replace("usually", "seldom")}
    answer = save(as_editor, article, read, changes, merge="true")
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["mergeable"]) == (409, "merge_conflicts", False)
    (conflict,) = problem["conflicts"]
    assert (conflict["pointer"], conflict["position"]) == ("/body_markdown", 1)
    assert [conflict[side].strip() for side in ("base", "theirs", "yours")] == [
        TWO,
        TWO.replace("usually", "often"),
        TWO.replace("usually", "seldom"),
    ]
    assert problem["yours"]["content"]["body_markdown"] == BODY.replace("usually", "seldom")
    assert problem["merged"]["title"] == "Mine"
    assert fresh(article).head_number == 2


def test_choosing_and_saving_on_the_newer_tag_ends_the_conflict(
    as_editor: ApiClient, article: Article, read: str
) -> None:
    a_revision(article, title="Theirs")
    problem = save(as_editor, article, read, {"title": "Mine"}).json()
    chosen = problem["merged"] | {"title": "Ours"}
    assert save(as_editor, article, problem["current_etag"], chosen).status_code == 200
    assert newest(article).document["title"] == "Ours"


def test_the_same_field_of_both_is_a_conflict_and_the_same_value_is_none(
    as_editor: ApiClient, article: Article, read: str
) -> None:
    a_revision(article, title="Theirs", summary="Short.")
    assert save(as_editor, article, read, {"title": "Mine"}, merge="true").status_code == 409
    answer = save(as_editor, article, read, {"title": "Theirs", "slug": "mine"}, merge="true")
    assert answer.status_code == 200
    assert newest(article).document["slug"] == "mine"


def test_a_merge_that_adds_nothing_to_the_head_makes_no_revision(
    as_editor: ApiClient, article: Article, read: str
) -> None:
    a_revision(article, title="Theirs")
    before = fresh(article).etag
    answer = save(as_editor, article, read, {"title": "Theirs"}, merge="true")
    assert (answer.status_code, answer["ETag"]) == (200, before)
    assert fresh(article).head_number == 2


def test_on_the_newest_revision_a_merge_is_a_save(as_editor: ApiClient, article: Article, read: str) -> None:
    assert save(as_editor, article, read, {"title": "Mine"}, merge="true").status_code == 200
    assert (newest(article).parent_number, newest(article).merge_parent_number) == (1, None)


def test_weak_tags_name_their_revision_too(as_editor: ApiClient, article: Article, read: str) -> None:
    a_revision(article, title="Theirs")
    assert save(as_editor, article, f"W/{read}", {"summary": "Mine."}, merge="true").status_code == 200


@pytest.mark.parametrize("sent", ['"another"', '"r99-1"', '"r0-1"'])
@pytest.mark.parametrize("merge", ["", "true"])
def test_a_tag_that_names_no_revision_is_stale_and_no_more(
    as_editor: ApiClient, article: Article, sent: str, merge: str
) -> None:
    answer = save(as_editor, article, sent, {"title": "Mine"}, merge=merge)
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    assert not {"base", "theirs", "yours", "merged"} & answer.json().keys()


@pytest.mark.parametrize(("header", "status"), [(None, 428), ("*", 400)])
def test_a_merge_needs_the_tag_that_was_read(
    as_editor: ApiClient, article: Article, header: str | None, status: int
) -> None:
    headers = {"if-match": header} if header else {}
    url = f"/api/v1/editorial/articles/{article.pk}?merge=true"
    assert as_editor.patch(url, {"title": "Mine"}, headers=headers).status_code == status


def test_what_the_catalogue_lacks_is_refused_in_a_merge(
    as_editor: ApiClient, article: Article, read: str
) -> None:
    a_revision(article, title="Theirs")
    answer = save(as_editor, article, read, {"topics": ["nowhere"]}, merge="true")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/topics/0")


def test_topics_of_both_are_joined(as_editor: ApiClient, article: Article, read: str) -> None:
    for key in ("sleep", "rest"):
        an_entry("topic", key)
    a_revision(article, topics=["sleep"])
    assert save(as_editor, article, read, {"topics": ["rest"]}, merge="true").status_code == 200
    assert newest(article).document["topics"] == ["sleep", "rest"]


def test_another_kind_is_for_a_person_to_decide(as_editor: ApiClient, article: Article, read: str) -> None:
    actions.save_revision(
        article_id=article.pk,
        patch={"title": "T"},
        kind="news",
        expected=tag(article),
        by=None,
        now=clock.now(),
    )
    answer = save(as_editor, article, read, {"kind": "guide"}, merge="true")
    assert answer.status_code == 409
    assert [(entry["pointer"], entry["theirs"], entry["yours"]) for entry in answer.json()["conflicts"]] == [
        ("/kind", "news", "guide")
    ]
    assert (
        save(as_editor, article, read, {"kind": "news", "summary": "Mine."}, merge="true").status_code == 200
    )


def test_what_would_grow_too_long_together_is_a_conflict(
    as_editor: ApiClient, article: Article, read: str
) -> None:
    long = "word " * 22_000
    a_revision(article, body_markdown=body(long, ONE, TWO, THREE))
    answer = save(as_editor, article, read, {"body_markdown": body(ONE, TWO, THREE, long)}, merge="true")
    assert answer.status_code == 409
    assert [entry["pointer"] for entry in answer.json()["conflicts"]] == ["/body_markdown"]
    assert fresh(article).head_number == 2


def test_an_author_merges_only_in_what_they_may_see(
    as_author: ApiClient, as_author2: ApiClient, article: Article, read: str
) -> None:
    a_revision(article, title="Theirs")
    assert save(as_author2, article, read, {"summary": "Mine."}, merge="true").status_code == 404
    assert save(as_author, article, read, {"summary": "Mine."}, merge="true").status_code == 200


def test_those_who_may_not_save_may_not_merge(
    as_reviewer: ApiClient,
    as_moderator: ApiClient,
    as_stranger: ApiClient,
    api: ApiClient,
    article: Article,
    read: str,
) -> None:
    a_revision(article, title="Theirs")
    for client, status in ((as_reviewer, 403), (as_moderator, 403), (as_stranger, 403), (api, 401)):
        answer = save(client, article, read, {"summary": "Mine."}, merge="true")
        assert answer.status_code == status
        assert b"Theirs" not in answer.content


def test_a_published_text_is_untouched_by_a_merge_until_it_is_published(
    api: ApiClient, as_editor: ApiClient
) -> None:
    article = a_published_article(body_markdown=BODY)
    before = api.get("/api/v1/articles/sleep").content
    read = fresh(article).etag
    a_revision(article, title="Theirs")
    assert save(as_editor, article, read, {"summary": "Mine."}, merge="true").status_code == 200
    assert api.get("/api/v1/articles/sleep").content == before


def test_a_merge_with_a_head_that_moved_on_again_is_refused_below_the_view(article: Article) -> None:
    read = tag(article)
    a_revision(article, title="Theirs")
    met = collision(article_id=article.pk, patch={"summary": "Mine."}, expected=read)
    assert met is not None
    a_revision(article, slug="moved-on")
    with pytest.raises(PreconditionFailed):
        actions.save_merge(collision=met, by=None, now=clock.now())
    assert fresh(article).head_number == 3


@pytest.mark.django_db(transaction=True)
def test_whichever_statement_of_a_merge_fails_nothing_changed(article: Article) -> None:
    read = tag(article)
    a_revision(article, title="Theirs")
    met = collision(article_id=article.pk, patch={"summary": "Mine."}, expected=read)
    assert met is not None
    assert fails_nowhere_halfway(lambda: actions.save_merge(collision=met, by=None, now=clock.now()))


@pytest.mark.django_db(transaction=True)
def test_several_who_merge_at_once_lose_nothing(editor: User, token_for: Callable[..., str]) -> None:
    paragraphs = [f"Paragraph {name} about sleep and rest." for name in "abcd"]
    article = an_article(by=editor, body_markdown=body(*paragraphs))
    read = article.etag
    clients = [ApiClient(token=token_for(editor)) for _ in paragraphs]

    def merge(place: int) -> int:
        own = [text + f" Mine{place}." if at == place else text for at, text in enumerate(paragraphs)]
        sent = {"body_markdown": body(*own)}
        status = 409
        while status == 409:
            status = alone(lambda: save(clients[place], article, read, sent, merge="true")).status_code
        return status

    assert together([partial(merge, place) for place in range(4)]) == [200] * 4
    assert fresh(article).head_number == 5
    final = newest(article).document["body_markdown"]
    assert final == body(*(text + f" Mine{place}." for place, text in enumerate(paragraphs)))
