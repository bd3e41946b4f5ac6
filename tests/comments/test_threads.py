"""GET …/comments: order, pages, subtrees, cost, caching."""

import pytest

from articles import actions as article_actions
from cms.preconditions import IfMatch
from tests.comments.people import form, texts, thread_url, walk

pytestmark = pytest.mark.django_db


class TestOrder:
    def test_newest_roots_first_with_their_replies_oldest_first(self, api, open_article, thread) -> None:
        assert texts(api.get(thread_url(open_article))) == ["c", "b", "b1", "a", "a1", "a1x", "a2"]

    def test_oldest_roots_first(self, api, open_article, thread) -> None:
        answer = api.get(f"{thread_url(open_article)}?ordering=created_at")
        assert texts(answer) == ["a", "a1", "a1x", "a2", "b", "b1", "c"]

    def test_roots_only(self, api, open_article, thread) -> None:
        assert texts(api.get(f"{thread_url(open_article)}?depth=0")) == ["c", "b", "a"]
        assert texts(api.get(f"{thread_url(open_article)}?depth=0&ordering=created_at")) == ["a", "b", "c"]

    def test_what_stands_beneath_one(self, api, open_article, thread) -> None:
        href = api.get(f"/api/v1/comments/{thread['a'].pk}").json()["replies"]["href"]
        assert texts(api.get(href)) == ["a1", "a1x", "a2"]
        assert texts(api.get(f"{thread_url(open_article)}?parent={thread['a1x'].pk}")) == []

    def test_depth_and_parent_tell_the_tree(self, api, open_article, thread) -> None:
        by_text = {reply["text"]: reply for reply in api.get(thread_url(open_article)).json()["results"]}
        assert [by_text[name]["depth"] for name in ("a", "a1", "a1x")] == [0, 1, 2]
        assert by_text["a1x"]["parent"] == str(thread["a1"].pk)
        assert by_text["a"]["parent"] is None

    @pytest.mark.parametrize("query", ["", "ordering=created_at", "depth=0", "depth=0&ordering=created_at"])
    @pytest.mark.parametrize("limit", [1, 2, 3, 7])
    def test_pages_hold_each_reply_once(self, api, open_article, thread, query, limit) -> None:
        whole = texts(api.get(f"{thread_url(open_article)}?{query}"))
        assert walk(api, f"{thread_url(open_article)}?{query}&limit={limit}".replace("?&", "?")) == whole

    def test_pages_of_a_subtree(self, api, open_article, thread) -> None:
        assert walk(api, f"{thread_url(open_article)}?parent={thread['a'].pk}&limit=1") == ["a1", "a1x", "a2"]

    def test_walking_a_thread_that_grows_repeats_and_loses_nothing(
        self, api, open_article, thread, replied
    ) -> None:
        first = api.get(f"{thread_url(open_article)}?limit=2").json()
        replied(open_article, "late root")
        replied(open_article, "late answer", to=thread["a"])
        assert walk(api, first["next"]) == ["b1", "a", "a1", "a1x", "a2", "late answer"]

    def test_a_deep_thread_is_walked_like_any_other(self, api, open_article, deep_thread) -> None:
        deepest = deep_thread(open_article, 200)
        assert len(walk(api, f"{thread_url(open_article)}?limit=99")) == 200
        assert api.get(f"/api/v1/comments/{deepest.pk}").json()["depth"] == 199


class TestAround:
    def test_the_page_that_a_reply_stands_on(self, api, open_article, thread) -> None:
        answer = api.get(f"{thread_url(open_article)}?around={thread['a1'].pk}&limit=3")
        assert texts(answer) == ["a", "a1", "a1x"]
        assert walk(api, answer.json()["next"]) == ["a2"]

    def test_among_roots_it_is_the_root(self, api, open_article, thread) -> None:
        assert texts(api.get(f"{thread_url(open_article)}?around={thread['b1'].pk}&limit=2&depth=0")) == [
            "c",
            "b",
        ]
        answer = api.get(
            f"{thread_url(open_article)}?around={thread['b1'].pk}&limit=2&depth=0&ordering=created_at"
        )
        assert texts(answer) == ["a", "b"]

    def test_a_page_of_one(self, api, open_article, thread) -> None:
        assert texts(api.get(f"{thread_url(open_article)}?around={thread['b'].pk}&limit=1")) == ["b"]

    def test_beneath_a_parent(self, api, open_article, thread) -> None:
        url = f"{thread_url(open_article)}?parent={thread['a'].pk}"
        assert texts(api.get(f"{url}&around={thread['a2'].pk}&limit=2")) == ["a1x", "a2"]
        assert api.get(f"{url}&around={thread['b1'].pk}").status_code == 404

    def test_a_reply_of_another_thread_is_not_found(self, api, article, thread) -> None:
        assert api.get(f"{thread_url(article)}?around={thread['a'].pk}").status_code == 404
        assert api.get(f"{thread_url(article)}?parent={thread['a'].pk}").status_code == 404


class TestRefusals:
    @pytest.mark.parametrize(
        "query",
        ["ordering=name", "depth=1", "limit=101", "limit=0", "parent=1", "cursor=abc", "q=x", "state=held",
         "limit=1&limit=2", "author_email=a"],
    )  # fmt: skip
    def test_what_is_not_allowed_is_named(self, api, open_article, query) -> None:
        response = api.get(f"{thread_url(open_article)}?{query}")
        assert response.status_code == 400
        assert response.json()["errors"][0]["parameter"] == query.partition("=")[0]

    def test_roots_have_no_parent(self, api, open_article, thread) -> None:
        assert api.get(f"{thread_url(open_article)}?depth=0&parent={thread['a'].pk}").status_code == 400

    def test_a_cursor_belongs_to_its_list(self, api, open_article, article, thread, replied) -> None:
        following = api.get(f"{thread_url(open_article)}?limit=1").json()["next"]
        cursor = following.partition("cursor=")[2].partition("&")[0]
        for url in (
            f"{thread_url(open_article)}?ordering=created_at&cursor={cursor}",
            f"{thread_url(article)}?cursor={cursor}",
        ):
            response = api.get(url)
            assert response.status_code == 400
            assert response.json()["code"] == "invalid_cursor"


class TestCost:
    @pytest.mark.parametrize("rows", [4, 8])
    def test_a_page_costs_the_same_wherever_it_stands(
        self, api, open_article, replied, django_assert_num_queries, rows
    ) -> None:
        above = None
        for _ in range(rows):
            above = replied(open_article, to=above).comment
        # the article, the comments with their public versions
        with django_assert_num_queries(2):
            following = api.get(f"{thread_url(open_article)}?limit=2").json()["next"]
        while following:
            # the article, the comments behind the one that the cursor names
            with django_assert_num_queries(2):
                following = api.get(following).json()["next"]
        with django_assert_num_queries(2):
            api.get(f"/api/v1/comments/{above.pk}")


class TestCaching:
    def test_a_thread_may_be_kept_a_minute_and_is_never_stale(self, api, open_article, thread) -> None:
        response = api.get(thread_url(open_article))
        assert response["Cache-Control"] == "public, max-age=60"
        assert response["Cache-Tag"] == f"comments-{open_article.pk},article-{open_article.pk}"
        assert response["Vary"] == "Accept-Encoding"
        assert response["Access-Control-Allow-Origin"] == "*"

    def test_its_tag_changes_with_what_it_shows(self, api, open_article, thread, replied) -> None:
        before = api.get(thread_url(open_article))["ETag"]
        assert api.get(thread_url(open_article), headers={"If-None-Match": before}).status_code == 304
        replied(open_article, "one more")
        assert api.get(thread_url(open_article), headers={"If-None-Match": before}).status_code == 200

    def test_a_held_reply_leaves_no_trace_in_it(self, api, article, replied) -> None:
        before = api.get(f"{thread_url(article)}?count=true")
        replied(article, policy="hold")
        after = api.get(f"{thread_url(article)}?count=true")
        assert (after.content, after["ETag"]) == (before.content, before["ETag"])

    def test_one_reply_is_cached_alike(self, api, thread) -> None:
        response = api.get(f"/api/v1/comments/{thread['a'].pk}")
        assert response["Cache-Control"] == "public, max-age=60"
        assert response["Cache-Tag"].startswith("comments-")


def test_an_article_that_is_not_public_shows_no_replies(api, open_article, thread, editor, at_time) -> None:
    open_article.refresh_from_db()
    outcome = article_actions.take_down(
        article_id=open_article.pk, how="unpublish", expected=IfMatch((open_article.etag,)), by=editor
    )
    at_time(outcome.visible_at)
    assert api.get(thread_url(open_article)).status_code == 410
    assert api.get(f"/api/v1/comments/{thread['a'].pk}").status_code == 410
    assert api.post(thread_url(open_article), form()).status_code == 410


def test_no_cached_thread_outlives_its_article(api, open_article, thread, editor) -> None:
    open_article.refresh_from_db()
    article_actions.take_down(
        article_id=open_article.pk, how="unpublish", expected=IfMatch((open_article.etag,)), by=editor
    )
    cached = api.get(thread_url(open_article))["Cache-Control"]
    assert cached in ("no-cache", "public, max-age=1")
