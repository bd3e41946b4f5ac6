"""What surrounds a text for whoever reads it in need: urgency, the next review, a story that says it is one."""

from collections.abc import Iterator
from datetime import datetime

from articles.checks.examined import BODY, Examined, Finding

STORY_TOPIC = "personal-stories"
FIRST_PERSON = {
    "en": frozenset("i me my mine myself".split()),
    "fr": frozenset("je j me m mon ma mes moi".split()),
}
STORY_SHARE, STORY_WORDS = 0.04, 200
"""From what share of words in the first person, in a text of how many, an article reads as somebody's own story."""

MENTIONS_OF_SUICIDE = 2
"""From how many mentions on a text should say where help is; one may be the name of a helpline or of a scale."""


def urgency(examined: Examined) -> Iterator[Finding]:
    if examined.content["medical"] and not examined.content["urgency"]:
        yield Finding("missing_urgency", "warning", "A medical article says when to seek help.", "/urgency")


def help_beside_suicide(examined: Examined) -> Iterator[Finding]:
    """WHO asks that every text on suicide says where to turn: reference who2023media."""
    levels = {card["level"] for card in examined.content["urgency"]}
    mentions = sum(word.text.startswith("suicid") for word in examined.words)
    if mentions >= MENTIONS_OF_SUICIDE and not levels & {"urgent", "emergency"}:
        message = "The text speaks of suicide: add a card that says where help is, now (who2023media)."
        yield Finding("suicide_without_help", "advice", message, "/urgency")


def review(examined: Examined) -> Iterator[Finding]:
    due = examined.content["review_due_at"]
    if due and datetime.fromisoformat(due) < examined.at:
        message = "The day for the next review has passed; give it a new one when the text was read again."
        yield Finding("review_overdue", "warning", message, "/review_due_at")
    elif examined.content["medical"] and not due:
        message = "A medical article says when it is due to be read again."
        yield Finding("missing_review_date", "advice", message, "/review_due_at")


def story(examined: Examined) -> Iterator[Finding]:
    if examined.kind == "personal_story":
        return
    if STORY_TOPIC in examined.content["topics"]:
        message = "It is filed under personal stories, and its kind does not say that it is one."
        yield Finding("story_not_marked", "warning", message, "/topics")
    elif examined.kind != "page" and _in_first_person(examined):
        message = "It reads like somebody's own story; if it is one, its kind is personal_story."
        yield Finding("reads_as_story", "advice", message, BODY)


def _in_first_person(examined: Examined) -> bool:
    persons = FIRST_PERSON.get(examined.language, frozenset())
    count = sum(word.text in persons for word in examined.words)
    return len(examined.words) >= STORY_WORDS and count >= STORY_SHARE * len(examined.words)
