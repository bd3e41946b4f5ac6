"""Who may look at a preview, for how long, and what is told to whoever may not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from articles.actions import previewing
from articles.models import Article, PreviewLink
from cms import clock
from cms.fastlane import lanes
from cms.models import User
from tests.articles.preview.conftest import PREVIEW, of, title
from tests.builders import (
    a_published_article,
    a_revision,
    ahead,
    an_article,
    fresh,
    published,
    rows,
    taken_down,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
UNKEPT = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
PLANTED = "Xanthorrhoea"


@pytest.fixture
def revoked(article: Article, linked: Any, editor: User) -> ApiClient:
    link, client = linked(article)
    previewing.revoke_link(link_id=link.pk, by=editor, now=clock.now())
    return client


def test_every_dead_link_gets_one_and_the_same_answer(
    article: Article, author: User, linked: Any, linked_to_instant: Any, revoked: ApiClient, travel: Any
) -> None:
    later = an_article(by=author, slug="later")
    published(later, effective_from=ahead(seconds=50))
    clients = [
        revoked,
        linked(article, lasts=timedelta(seconds=60))[1],
        linked(later)[1],
        linked_to_instant(ahead(seconds=30)),
        ApiClient(token="kp_" + "a" * 43),
        ApiClient(token="kp_"),
        ApiClient(token="kp_" + "é" * 5),
        ApiClient(token="kp_" + "a" * 500),
    ]
    travel(61)
    answers = [client.get(of(article), headers={"x-request-id": "one"}) for client in clients]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.items())) for answer in answers}) == 1


def test_nobody_is_told_to_say_who_they_are(article: Article, api: ApiClient) -> None:
    answer = api.get(of(article))
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("role", ["stranger", "moderator"])
def test_whoever_may_not_read_articles_may_not_preview_them(
    article: Article, role: str, request: pytest.FixtureRequest
) -> None:
    assert request.getfixturevalue(f"as_{role}").get(of(article)).status_code == 403


def test_a_token_needs_the_scope_of_reading(
    article: Article, editor: User, speaking_for: Callable[..., ApiClient]
) -> None:
    assert speaking_for(editor, "articles:read").get(of(article)).status_code == 200
    assert speaking_for(editor, "catalogue:write").get(of(article)).status_code == 403


def test_a_session_looks_too(article: Article, editor: User) -> None:
    client = ApiClient()
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    assert title(client.get(f"{of(article)}?revision=2")) == "Quieter nights"


def test_an_author_sees_no_draft_of_somebody_else(article: Article, as_author2: ApiClient) -> None:
    assert title(as_author2.get(of(article))) == "Sleep after trauma"
    assert as_author2.get(f"{of(article)}?revision=2").status_code == 404


def test_a_link_is_dead_from_the_second_at_which_its_revision_is_public(
    article: Article, linked: Any, at_time: Any
) -> None:
    published(article, effective_from=ahead(minutes=5))
    pinned, following = linked(article, 2)[1], linked(article)[1]
    begins = rows(article)[-1].effective_from
    at_time(begins - timedelta(seconds=1))
    assert [client.get(of(article)).status_code for client in (pinned, following)] == [200, 200]
    at_time(begins)
    assert [client.get(of(article)).status_code for client in (pinned, following)] == [401, 401]


def test_a_pinned_link_is_dead_when_a_later_revision_is_public(
    article: Article, author: User, linked: Any, travel: Any
) -> None:
    _, client = linked(article, 2)
    a_revision(article, by=author, title="Quieter still")
    published(article, 3)
    travel(3)
    assert client.get(of(article)).status_code == 401


def test_a_link_to_the_head_outlives_the_publishing_of_an_older_text(
    article: Article, author: User, linked: Any, travel: Any
) -> None:
    _, client = linked(article)
    a_revision(article, by=author, title="Quieter still")
    published(article, 2)
    travel(3)
    assert title(client.get(of(article))) == "Quieter still"
    published(article, 3)
    travel(3)
    assert client.get(of(article)).status_code == 401
    a_revision(article, by=author, title="A new draft")
    travel(3)
    assert client.get(of(article)).status_code == 401


def test_taking_an_article_down_kills_no_link(article: Article, linked: Any, travel: Any) -> None:
    _, client = linked(article)
    taken_down(article)
    travel(3)
    assert title(client.get(of(article))) == "Quieter nights"


def test_a_link_of_somebody_who_left_is_dead(article: Article, linked: Any, editor: User) -> None:
    _, client = linked(article)
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert client.get(of(article)).status_code == 401


def test_a_link_to_what_was_thrown_away_is_dead(author: User, linked: Any, as_author: ApiClient) -> None:
    draft = an_article(by=author, slug="walking")
    _, client = linked(draft)
    gone = as_author.delete(f"/api/v1/editorial/articles/{draft.pk}", headers={"if-match": fresh(draft).etag})
    assert gone.status_code == 204
    assert client.get(of(draft)).status_code == 401


def test_old_links_open_after_the_keys_were_changed(article: Article, linked: Any, settings: Any) -> None:
    _, client = linked(article)
    settings.TOKEN_KEYS = ["a-new-key-that-is-long-enough-for-this", *settings.TOKEN_KEYS]
    assert client.get(of(article)).status_code == 200


def test_a_link_opens_no_other_door(article: Article, linked: Any, api: ApiClient) -> None:
    _, client = linked(article)
    for path in ("", f"/{article.pk}", f"/{article.pk}/revisions", f"/{article.pk}/diff?base=1&head=2"):
        assert client.get(f"/api/v1/editorial/articles{path}").status_code == 401
    assert client.get("/api/v1/editorial/me").status_code == 401
    for path in ("articles", f"articles/{article.pk}", f"articles/{article.pk}/versions", "topics"):
        own, anybody = client.get(f"/api/v1/{path}"), api.get(f"/api/v1/{path}")
        assert (own.status_code, own.content) == (anybody.status_code, anybody.content)
        assert PLANTED not in own.content.decode()


def test_a_link_shows_no_draft_of_another_article(
    article: Article, author: User, author2: User, linked: Any
) -> None:
    hidden = an_article(by=author2, slug="hidden", title=PLANTED, topics=[])
    changed = a_published_article(by=author, slug="changed", title="Calm")
    a_revision(changed, by=author, title=PLANTED, summary=PLANTED)
    later = an_article(by=author2, slug="later", title=PLANTED)
    published(later, effective_from=ahead(days=1))
    a_revision(article, by=author, related=[str(hidden.pk), str(changed.pk), str(later.pk)])
    _, client = linked(article)
    names = [one.pk for one in (hidden, changed, later)] + ["hidden", "changed", "later"]
    paths = [f"articles/{name}" for name in names]
    paths += [f"articles/{article.pk}?include=related,links,translations", "articles?limit=100", "topics"]
    answers = [client.get(f"{PREVIEW}/{path}") for path in paths]
    assert not any(PLANTED in answer.content.decode() for answer in answers)
    assert {answer.status_code for answer in answers} == {200, 404}


def test_no_answer_may_be_kept_or_told(article: Article, linked: Any, as_editor: ApiClient) -> None:
    _, client = linked(article)
    paths = ["articles", f"articles/{article.pk}", "topics", "helplines", "articles/nowhere", "collections"]
    answers = [one.get(f"{PREVIEW}/{path}") for path in paths for one in (client, as_editor)]
    answers.append(ApiClient(token="kp_unknown").get(of(article)))
    answers.append(client.get(of(article), headers={"accept": "text/html"}))
    answers.append(client.get(f"{PREVIEW}/articles?limit=0"))
    answers.append(client.head(of(article)))
    for answer in answers:
        assert {name: answer.get(name) for name in UNKEPT} == UNKEPT
        assert not {"ETag", "Last-Modified", "Cache-Tag", "Memento-Datetime"} & set(answer.headers)
        assert not hasattr(answer, "keeping")


def test_the_fast_lane_does_not_look_at_previews(article: Article) -> None:
    paths = [lane.paths for lane in lanes(1_000_000)]
    assert any(path.fullmatch(f"/api/v1/articles/{article.pk}") for path in paths)
    assert not any(path.fullmatch(of(article)) for path in paths)


def test_a_condition_is_not_answered_with_what_somebody_holds(
    article: Article, as_editor: ApiClient, api: ApiClient
) -> None:
    tag = api.get(f"/api/v1/articles/{article.pk}")["ETag"]
    assert as_editor.get(of(article), headers={"if-none-match": tag}).status_code == 200


def test_a_site_of_another_origin_may_send_the_token(article: Article, linked: Any) -> None:
    _, client = linked(article)
    asked = client.options(
        of(article),
        headers={
            "origin": "https://magazine.example",
            "access-control-request-method": "GET",
            "access-control-request-headers": "authorization",
        },
    )
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Origin"] == "*"
    assert "authorization" in asked["Access-Control-Allow-Headers"]
    answer = client.get(of(article), headers={"origin": "https://magazine.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer


def test_a_token_in_an_address_is_no_token(article: Article, linked: Any, api: ApiClient) -> None:
    answer = api.get(f"{of(article)}?token=kp_anything")
    assert answer.status_code == 401


def test_nothing_can_be_written_here(article: Article, linked: Any) -> None:
    _, client = linked(article)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(of(article), {}).status_code == 405


def test_each_use_is_counted_and_dated(article: Article, linked: Any) -> None:
    link, client = linked(article)
    for path in (of(article), f"{PREVIEW}/articles", f"{PREVIEW}/articles/nowhere"):
        client.get(path)
    link = PreviewLink.objects.get(pk=link.pk)
    assert link.uses == 3
    assert clock.now() - link.last_used_at < timedelta(minutes=1)
