"""The check that learns from moderators: only from persons, only what is spam, and without keeping a word."""

import pytest
from django.core.management import CommandError, call_command

from cms import clock
from cms.preconditions import IfMatch
from comments import actions
from comments.gate import Reply, learned, training
from comments.models.traces import LearnedGate
from tests.comments.gate.decisions import GENUINE, SPAM

pytestmark = pytest.mark.django_db


def score(text: str) -> float:
    return max((verdict.score for verdict in learned.check(Reply(text))), default=0.0)


@pytest.fixture
def judged(open_article, replied, decided, moderator):
    """As many decisions of a moderator as training needs, of either kind."""

    def judge(count: int = training.FEWEST) -> None:
        for number in range(count):
            spam = replied(open_article, f"{SPAM} {number}", policy="hold").comment
            decided(spam, "spam", moderator, "spam")
            decided(replied(open_article, f"{GENUINE} {number}", policy="hold").comment, "publish", moderator)

    return judge


def test_untrained_it_says_nothing() -> None:
    assert not score(SPAM)


def test_it_knows_the_words_of_what_was_called_spam(judged) -> None:
    judged()
    call_command("train_gate")
    assert score(f"{SPAM} and more") > 0.5
    assert not score(GENUINE)
    assert not score("Something else entirely, about bees.")


def test_the_same_decisions_teach_the_same(judged) -> None:
    judged()
    first = training.train(now=clock.read_instant())
    weights = bytes(first.weights)
    second = training.train(now=clock.read_instant())
    assert (bytes(second.weights), second.threshold) == (weights, first.threshold)
    assert LearnedGate.objects.count() == 1


def test_it_says_what_it_would_be_worth_on_decisions_it_has_not_seen(judged, capsys) -> None:
    judged()
    call_command("train_gate", "--dry-run")
    printed = capsys.readouterr().out
    assert f"called spam: {training.FEWEST} of {training.FEWEST} (100.00%)" in printed
    assert f"published: 0 of {training.FEWEST} (0.00%)" in printed
    assert "wonderful" not in printed
    assert not LearnedGate.objects.exists()


def test_what_nobody_can_tell_apart_is_not_held() -> None:
    """The same words on both sides: whatever were learned by heart would be of no worth for the next one."""
    alike = [{number, number + 1} for number in range(100)]
    worth = training.rehearsal_of(training.Examples(spam=alike, published=alike))
    assert worth.published_held <= 2
    assert worth.spam_held <= 2


def test_too_few_decisions_change_nothing(judged) -> None:
    judged(2)
    with pytest.raises(CommandError, match=r"There are 2 replies called spam and 2 published"):
        call_command("train_gate")
    assert not LearnedGate.objects.exists()


def test_what_the_gate_published_itself_teaches_nothing(open_article, replied) -> None:
    for number in range(training.FEWEST):
        replied(open_article, f"{GENUINE} {number}")
    with pytest.raises(training.TooFewDecisions) as refusal:
        training.train(now=clock.read_instant())
    assert (refusal.value.spam, refusal.value.published) == (0, 0)


def test_a_text_about_a_crisis_teaches_nothing(open_article, replied, decided, moderator) -> None:
    for _ in range(3):
        decided(replied(open_article, "I want to die", policy="hold").comment, "spam", moderator, "spam")
    with pytest.raises(training.TooFewDecisions) as refusal:
        training.train(now=clock.read_instant())
    assert refusal.value.spam == 0


def test_under_another_key_it_says_nothing(judged, settings) -> None:
    judged()
    training.train(now=clock.read_instant())
    settings.DIGEST_KEYS = ["another-key-of-more-than-thirty-two-characters"]
    assert not score(SPAM)


def test_no_word_is_kept(judged) -> None:
    judged()
    row = training.train(now=clock.read_instant())
    assert b"wonderful" not in bytes(row.weights)
    assert len(row.weights) == 4 * learned.BUCKETS


def test_what_was_undone_teaches_nothing(judged, open_article, replied, decided, moderator) -> None:
    judged(training.FEWEST - 1)
    for way in ("spam", "publish"):
        comment = decided(replied(open_article, f"{way} it", policy="hold").comment, way, moderator)
        actions.undo(
            comment_id=comment.pk,
            decision_id=comment.decisions.latest("id").pk,
            note="",
            if_match=IfMatch((comment.etag,)),
            by=moderator,
            now=clock.read_instant(),
        )
    with pytest.raises(training.TooFewDecisions) as too_few:
        training.train(now=clock.read_instant())
    assert (too_few.value.spam, too_few.value.published) == (training.FEWEST - 1, training.FEWEST - 1)
