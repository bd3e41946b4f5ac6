"""What readers meet of replies that come and go: tombstones, counts, and a whole life at random."""

import random
from typing import Any

import pytest

from comments.models import Comment, Thread
from comments.transitions import TRANSITIONS
from tests.comments.people import own, texts, thread_url, walk

pytestmark = pytest.mark.django_db


class TestTombstones:
    def test_a_removed_reply_with_answers_keeps_its_place_without_words(
        self, api, open_article, thread, moderator, decided
    ) -> None:
        decided(thread["a"], "remove", moderator)
        assert texts(api.get(thread_url(open_article))) == ["c", "b", "b1", "", "a1", "a1x", "a2"]
        shown = api.get(f"/api/v1/comments/{thread['a'].pk}").json()
        assert (shown["state"], shown["author"]["name"], shown["replies"]["count"]) == ("removed", None, 3)

    def test_a_tombstone_goes_with_the_last_published_answer(
        self, api, open_article, thread, moderator, decided
    ) -> None:
        decided(thread["b"], "remove", moderator)
        assert api.get(f"/api/v1/comments/{thread['b'].pk}").json()["state"] == "removed"
        decided(thread["b1"], "remove", moderator)
        assert api.get(f"/api/v1/comments/{thread['b'].pk}").status_code == 404
        assert texts(api.get(thread_url(open_article))) == ["c", "a", "a1", "a1x", "a2"]

    def test_it_comes_back_when_an_answer_is_published_again(
        self, api, open_article, thread, moderator, decided
    ) -> None:
        for name in ("b", "b1"):
            decided(thread[name], "remove", moderator)
        decided(thread["b1"], "publish", moderator)
        assert texts(api.get(thread_url(open_article)))[1:3] == ["", "b1"]

    def test_a_chain_of_tombstones_stands_above_one_published_reply(
        self, api, open_article, thread, moderator, decided
    ) -> None:
        for name in ("a", "a1"):
            decided(thread[name], "spam", moderator)
        shown = [(r["state"], r["text"]) for r in api.get(thread_url(open_article)).json()["results"]]
        assert shown[3:] == [("removed", ""), ("removed", ""), ("published", "a1x"), ("published", "a2")]


class TestCounts:
    def expected(self, article) -> None:
        """Every stored count equals what the rows say."""
        rows = list(Comment.objects.filter(article=article))
        for row in rows:
            beneath = [
                other
                for other in rows
                if other.pk != row.pk
                and bytes(other.path).startswith(bytes(row.path))
                and other.state == "published"
            ]
            assert row.public_replies == len(beneath)
            assert row.visible == (row.state == "published" or bool(beneath))
        thread = Thread.objects.get(article=article)
        assert thread.public_count == sum(row.state == "published" for row in rows)
        assert thread.held_count == sum(row.private.queue == "waiting" for row in rows)

    def test_they_hold_through_a_life(self, api, open_article, thread, moderator, decided, replied) -> None:
        self.expected(open_article)
        for name, decision in [
            ("a1", "hold"),
            ("b", "remove"),
            ("c", "spam"),
            ("a1", "publish"),
            ("b", "publish"),
        ]:
            decided(thread[name], decision, moderator)
            self.expected(open_article)
        done = replied(open_article, "d", to=thread["a2"])
        self.expected(open_article)
        api.delete(f"/api/v1/my/comments/{done.comment.pk}", headers=own(done.token))
        self.expected(open_article)

    def test_a_list_counts_what_it_holds_when_asked(self, api, open_article, thread) -> None:
        assert "count" not in api.get(thread_url(open_article)).json()
        assert api.get(f"{thread_url(open_article)}?count=true&limit=1").json()["count"] == 7
        assert api.get(f"{thread_url(open_article)}?count=true&depth=0").json()["count"] == 3


class TestLife:
    @pytest.mark.parametrize("seed", range(4))
    def test_whatever_happens_readers_see_what_was_published(
        self, api, open_article, replied, moderator, decided, seed
    ) -> None:
        """A walk of random steps, compared with a model that knows only which texts are public."""
        chance = random.Random(seed)  # noqa: S311 - a repeatable walk, no secret
        public: dict[str, bool] = {}
        done: dict[str, Any] = {}
        for step in range(40):
            name = f"reply {step}"
            known = chance.choice([*done, None])
            match chance.choice(["submit", "submit", "decide", "decide", "erase"]):
                case "submit":
                    above = done[known].comment if known and public[known] else None
                    done[name] = replied(
                        open_article, name, to=above, policy=chance.choice(["publish", "hold"])
                    )
                    public[name] = done[name].held_by is None
                case "decide" if known:
                    comment = done[known].comment
                    comment.refresh_from_db()
                    if ways := TRANSITIONS[comment.state]:
                        decision = chance.choice(list(ways))
                        decided(comment, decision, moderator)
                        public[known] = ways[decision] == "published"
                case "erase" if known:
                    api.delete(
                        f"/api/v1/my/comments/{done[known].comment.pk}", headers=own(done[known].token)
                    )
                    public[known] = False
        shown = walk(api, f"{thread_url(open_article)}?limit=7")
        assert sorted(text for text in shown if text) == sorted(text for text in public if public[text])
        TestCounts().expected(open_article)
