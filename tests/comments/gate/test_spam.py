"""Advertising for oneself, and the same text again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection

from cms import clock
from cms.retention import over_before
from comments import actions
from comments.gate import Reply, promotion, repeated, run
from comments.models import Comment
from comments.models.traces import TextDigest

LONG = "After the accident I slept badly for months, until a friend showed me how to breathe slowly every evening."
NEARLY = LONG.replace("every evening", "each evening")
OTHER = "My grandmother kept bees, and whenever I could not rest we sat beside the hives and counted what came home."


def rules(text: str) -> list[str]:
    return [verdict.rule for verdict in promotion.check(Reply(text))]


class TestPromotion:
    @pytest.mark.parametrize(
        "text",
        [
            "Subscribe to me for more",
            "Hey, check out my channel!",
            "Ｃｈｅｃｋ out this website, it is great",
            "Want to earn money? Click here",
            "Nice. See watch?v=abcdefghijk",
            "Abonnez-vous à ma chaîne",
            "Allez voir ma chanson",
        ],
    )
    def test_advertising_for_oneself_is_held(self, text) -> None:
        assert rules(text)

    @pytest.mark.parametrize(
        "text",
        [
            "I listen to music when I cannot sleep.",
            "He used to follow me home.",
            "My video call with the therapist was cancelled.",
            "I went to check out the clinic and it was closed.",
            "La musique m'aide à dormir.",
        ],
    )
    def test_telling_of_oneself_passes(self, text) -> None:
        assert not rules(text)


@pytest.mark.django_db
class TestRepeated:
    def score(self, text: str, comment: Comment | None = None) -> float:
        reply = Reply(text, comment_id=comment.pk if comment else None)
        return max((verdict.score for verdict in repeated.check(reply)), default=0.0)

    def test_the_same_text_again_is_held(self, open_article, replied) -> None:
        assert replied(open_article, LONG).held_by is None
        again = replied(open_article, LONG)
        assert (again.comment.state, again.held_by) == ("held", "repeated")

    def test_nearly_the_same_text_is_held_too(self, open_article, replied) -> None:
        replied(open_article, LONG)
        assert self.score(NEARLY) >= 0.6
        assert self.score(LONG.upper()) == 1

    def test_another_text_passes(self, open_article, replied) -> None:
        replied(open_article, LONG)
        assert not self.score(OTHER)

    def test_short_thanks_are_never_a_repetition(self, open_article, replied) -> None:
        replied(open_article, "Thank you so much.")
        assert replied(open_article, "Thank you so much.").held_by is None

    def test_a_reply_does_not_repeat_itself_when_it_is_edited(self, open_article, replied) -> None:
        comment = replied(open_article, LONG).comment
        assert not self.score(NEARLY, comment)

    def test_a_flood_of_one_text_is_remembered_once_and_held_all_the_same(
        self, open_article, replied
    ) -> None:
        first = [replied(open_article, LONG).held_by for _ in range(4)]
        assert first[1:] == ["repeated"] * 3
        assert TextDigest.objects.values("version").distinct().count() == 1

    def test_what_is_old_is_forgotten(self, open_article, replied) -> None:
        replied(open_article, LONG)
        TextDigest.objects.update(created_at=over_before("text_digests", clock.now()) - timedelta(minutes=1))
        assert not self.score(LONG)
        for number in range(100):
            replied(open_article, f"{OTHER} {number}")
        assert not TextDigest.objects.filter(created_at__lt=over_before("text_digests", clock.now())).exists()

    def test_erasing_a_reply_forgets_its_digests(self, open_article, replied) -> None:
        comment = replied(open_article, LONG).comment
        assert TextDigest.objects.exists()
        actions.erase(comment_id=comment.pk, now=clock.read_instant())
        assert not TextDigest.objects.exists()
        assert not self.score(LONG)

    def test_when_the_database_cannot_be_asked_nothing_is_decided(self) -> None:
        def lost(*args: Any) -> None:
            raise OperationalError("the connection was lost")

        with connection.execute_wrapper(lost), pytest.raises(OperationalError):
            run(Reply(LONG, policy="publish"))

    def test_digests_hold_no_words(self, open_article, replied) -> None:
        replied(open_article, LONG)
        for digest in TextDigest.objects.values_list("digest", flat=True):
            assert int(digest, 16) >= 0
            assert len(digest) == 16

    def test_another_key_gives_other_digests(self, settings) -> None:
        before = repeated.digests_of(Reply(LONG))
        settings.DIGEST_KEYS = ["another-key-of-more-than-thirty-two-characters"]
        assert not set(before) & set(repeated.digests_of(Reply(LONG)))
