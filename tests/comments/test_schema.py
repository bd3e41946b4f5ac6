"""What the document says of replies equals what the code knows: closed lists are written once or compared here."""

import pytest

from comments.gate import GRADES
from comments.models import comment, decision, private, version
from comments.openapi import COMPONENTS
from comments.serializers.author import DISPLAY_AS
from comments.serializers.editorial import DECISIONS
from comments.transitions import TRANSITIONS
from comments.wording import REASONS


def listed(component: str, *members: str) -> set[str]:
    """The values that a member of a component may have."""
    schema = COMPONENTS[component]
    for member in members:
        schema = schema["properties"][member]
        schema = schema.get("items", schema)
    return set(schema["enum"])


@pytest.mark.parametrize(
    ("documented", "known"),
    [
        (listed("CommentDecision", "decision"), set(decision.LOGGED)),
        (listed("CommentDecision", "old_state"), set(comment.STATES)),
        (listed("CommentDecision", "new_state"), set(comment.STATES)),
        (listed("CommentDecision", "reason"), set(REASONS)),
        (listed("ModeratedComment", "state"), set(comment.STATES)),
        (listed("ModeratedComment", "grade"), set(private.GRADES)),
        (listed("ModeratedComment", "allowed_decisions"), set(decision.DECISIONS)),
        (listed("ModeratedComment", "author", "display_as"), set(version.DISPLAY)),
        (listed("ModeratedCommentVersion", "state"), set(version.STATES)),
        (set(DISPLAY_AS), set(version.DISPLAY)),
        (set(DECISIONS), set(decision.DECISIONS)),
        (set(GRADES), set(private.GRADES)),
        (set(TRANSITIONS) - {"edited"}, set(comment.STATES)),
        ({to for ways in TRANSITIONS.values() for to in ways.values()}, set(comment.STATES) - {"deleted"}),
        ({way for ways in TRANSITIONS.values() for way in ways}, set(decision.DECISIONS)),
    ],
)
def test_a_closed_list_is_the_same_everywhere(documented, known) -> None:
    assert documented == known


def test_codes_fit_their_columns() -> None:
    assert max(map(len, REASONS)) <= decision.Decision._meta.get_field("reason").max_length
    assert max(map(len, comment.STATES)) <= comment.Comment._meta.get_field("state").max_length
