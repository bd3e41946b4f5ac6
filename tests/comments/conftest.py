"""Articles with a thread, and readers who reply to them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from articles import actions as article_actions
from articles.actions import Past
from articles.models import Article
from cms import clock
from cms.preconditions import IfMatch
from comments import actions
from comments.actions.decide import Ruling
from comments.actions.threads import Policy
from comments.models import Comment
from tests.comments.mailing import links, send
from tests.comments.people import NOBODY, words
from tests.letters import OFFERED, worked

LONG_AGO = datetime(2026, 1, 5, 8, tzinfo=UTC)


@pytest.fixture
def published(db: None) -> Callable[..., Article]:
    """An article that is public since January, with a policy for its replies."""

    def make(policy: str = "hold", *, slug: str = "sleep-after-trauma", **content: Any) -> Article:
        fields = {
            "title": "Sleep after trauma",
            "slug": slug,
            "summary": "What helps, and what is not known.",
            "body_markdown": "Sleep often changes after trauma.",
            "comments_policy": policy,
        }
        locale = content.pop("locale", "en")
        article = article_actions.create_article(
            kind="page", locale=locale, content=fields | content, by=None, now=LONG_AGO
        )
        past = Past(article.revisions.get(number=1), LONG_AGO, "major", "First published.")
        article_actions.lay_down(article_id=article.pk, past=[past], by=None)
        return article

    return make


@pytest.fixture
def article(published: Callable[..., Article]) -> Article:
    """Its replies are read before they appear."""
    return published("hold")


@pytest.fixture
def open_article(published: Callable[..., Article]) -> Article:
    """Its replies appear at once, unless something holds them."""
    return published("publish", slug="walking")


@pytest.fixture
def replied() -> Callable[..., actions.Submitted]:
    """A reader replies, without the network."""

    def reply(
        article: Article,
        text: str = "Thank you.",
        *,
        to: Comment | None = None,
        policy: str = "publish",
        **typed: str,
    ) -> actions.Submitted:
        return actions.submit(
            article_id=article.pk,
            policy=Policy(policy),
            submission=actions.Submission(
                email=typed.pop("email", "pieter@example.org"),
                ip_digest=NOBODY,
                parent_id=to.pk if to else None,
            ),
            draft=actions.compose(words(text, **typed), policy),
            now=clock.read_instant(),
        )

    return reply


@pytest.fixture
def deep_thread(replied: Callable[..., actions.Submitted]) -> Callable[[Article, int], Comment]:
    """A chain of replies, each answering the one before; gives the deepest."""

    def make(article: Article, levels: int) -> Comment:
        deepest = None
        for _ in range(levels):
            deepest = replied(article, to=deepest).comment
        return deepest

    return make


@pytest.fixture
def decided(db: None) -> Callable[..., Comment]:
    """A moderator decides on the latest version."""

    def decide(comment: Comment, decision: str, by: Any, reason: str = "other", note: str = "") -> Comment:
        comment.refresh_from_db()
        actions.decide(
            comment_id=comment.pk,
            ruling=Ruling(decision, comment.last_version, reason, note),
            if_match=IfMatch((comment.etag,)),
            by=by,
            now=clock.read_instant(),
        )
        comment.refresh_from_db()
        return comment

    return decide


@pytest.fixture
def thread(open_article, replied) -> dict[str, Comment]:
    """a (a1 (a1x), a2), b (b1), c — written in an order that is not the order of reading."""
    placed: dict[str, Comment] = {}
    for name, above in [
        ("a", None),
        ("b", None),
        ("a1", "a"),
        ("b1", "b"),
        ("c", None),
        ("a2", "a"),
        ("a1x", "a1"),
    ]:
        placed[name] = replied(open_article, name, to=placed.get(above)).comment
    return placed


@pytest.fixture
def offered(settings, mailoutbox):
    settings.EMAIL_URL, settings.MAIL_FROM = OFFERED, "post@magazine.example"
    settings.RATE_LIMITS = {name: (1000, seconds) for name, (_, seconds) in settings.RATE_LIMITS.items()}
    return settings


@pytest.fixture
def confirmed(api, article):
    """A reader who was sent a letter and followed its link; gives the token of trust."""

    def confirm(email="pieter@example.org", **changes):
        send(api, article, author_email=email, remember_me=True, **changes)
        (letter,) = worked()
        return api.post(links(letter)[0]).json()["trust_token"]

    return confirm
