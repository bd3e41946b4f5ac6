"""Taking down: withdrawing (readable, with a banner), unpublishing (gone), archiving (gone, and off the lists)."""

from uuid import UUID

from django.db import transaction

from articles.actions.desk import Outcome, commit, open_desk
from articles.actions.timeline import Transition
from articles.models import Article
from cms import clock
from cms.errors import FieldError, InvalidContent, WrongState
from cms.models import User
from cms.preconditions import IfMatch

TAKE_DOWN = {
    # (how, state now) -> state after
    ("withdraw", "live"): "withdrawn",
    ("unpublish", "live"): "gone",
    ("unpublish", "withdrawn"): "gone",
    ("archive", "live"): "gone",
    ("archive", "withdrawn"): "gone",
}
"""What taking down does to the row that covers now. Anything else is refused as a wrong state."""


@transaction.atomic
def take_down(
    *,
    article_id: UUID,
    how: str,
    expected: IfMatch,
    by: User | None,
    reason: str = "editorial",
    explanation: str = "",
    alternative_id: UUID | None = None,
) -> Outcome:
    """Withdraw (still readable, with a banner), unpublish (gone), or archive (gone, and off the desk's lists).

    Unpublishing and archiving cancel what was scheduled. Raises WrongState when there is nothing to take down.
    """
    desk = open_desk(article_id, expected)
    starts = desk.free_instant()
    before = desk.before(starts)
    state = TAKE_DOWN.get((how, before.state if before else "none"))
    if state is None or before is None:
        raise WrongState(f"An article that is not public cannot be taken down by {how}.", code="not_public")
    if (
        alternative_id
        and not Article.objects.on_desk().exclude(pk=article_id).filter(pk=alternative_id).exists()
    ):
        error = FieldError("unknown_article", "There is no such other article.", pointer="/alternative")
        raise InvalidContent("The alternative does not exist.", errors=(error,))
    if state == "gone" and desk.transitions:
        desk.transitions = []
        desk.warnings.append("What was scheduled after this has been cancelled.")
    transition = Transition(
        starts=starts,
        state=state,
        revision=before.revision,
        update_type="minor",
        created_at=clock.now(),
        created_by=by,
        reason=reason,
        explanation=explanation,
        alternative_id=alternative_id,
        review=before.review,
        break_glass="" if state == "gone" else before.break_glass,
    )
    desk.transitions.append(transition)
    archived = {"archived_at": clock.now()} if how == "archive" else {}
    return commit(desk, transition, f"article.{how}", by, archived, reason=reason)
