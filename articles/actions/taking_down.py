"""Taking down: withdrawing (readable, with a banner), unpublishing (gone), archiving (gone, and off the lists)."""

from uuid import UUID

from django.db import transaction

from articles.actions.desk import Desk, Outcome, commit, open_desk
from articles.actions.planning import TakingDown, plan
from articles.actions.releases import revisiting as releases
from articles.actions.releases.revisiting import Cause
from articles.actions.timeline import Transition
from cms import clock
from cms.models import User
from cms.preconditions import IfMatch

_CAUSE = {"withdraw": "article_withdrawn", "unpublish": "article_unpublished", "archive": "article_archived"}
"""What the owner of a release is told when one of its articles is taken down before it begins."""


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

    Unpublishing and archiving cancel what was scheduled, and any of the three cancels the releases that the article
    is in. Raises WrongState when there is nothing to take down.
    """
    desk = open_desk(article_id, expected)
    starts, in_releases = desk.free_instant(), desk.releases()
    change = TakingDown(how, reason, explanation, alternative_id)
    transition = plan(desk, change, starts=starts, by=by)
    _drop_what_lies_ahead(desk, transition)
    archived = {"archived_at": clock.now()} if how == "archive" else {}
    outcome = commit(desk, transition, f"article.{how}", by, archived, reason=reason)
    releases.cancel_each(in_releases, Cause(_CAUSE[how], article_id), warnings=desk.warnings)
    return releases.after(outcome, desk)


def _drop_what_lies_ahead(desk: Desk, transition: Transition) -> None:
    """A text that is taken down for good stays so; one that is withdrawn leaves the releases that it was in."""
    before = [each for each in desk.transitions if each.starts < transition.starts]
    after = [each for each in desk.transitions if each.starts > transition.starts]
    if transition.state == "gone" and after:
        desk.transitions = [*before, transition]
        desk.warnings.append("What was scheduled after this has been cancelled.")
    else:
        desk.transitions = [*before, transition, *(each for each in after if each.release is None)]
