"""How a row stands with its readers as to review: what follows from the rows before it, told again from the first.

docs/review.md has the table. Nothing here looks at a clock or asks the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from articles.models import Review

if TYPE_CHECKING:
    from articles.actions.timeline import Transition


@dataclass(frozen=True)
class Standing:
    """`status` is current, pending, stale or none. `review` is the last approval, of the text in `version`.

    `reason` says why what is pending was published before its review. `versions` knows in which version each
    approval was first public.
    """

    status: str = "none"
    review: Review | None = None
    version: int | None = None
    reason: str = ""
    versions: Mapping[UUID, int] = field(default_factory=dict)

    def after(self, transition: "Transition", version: int) -> "Standing":
        """The standing of the row that `transition` begins. A minor update and a re-rendering change none."""
        review = transition.review
        approved = review and review.decision == "approve"
        if transition.state != "live":
            return self
        if review and approved and (of_this_text(review, transition) or transition.update_type == "major"):
            return self._approved(review, version)
        if transition.update_type == "major":
            return self._unapproved(transition)
        taken_back = review and not approved and self.status == "current"
        return replace(self, status="stale") if taken_back else self

    def _unapproved(self, transition: "Transition") -> "Standing":
        if transition.break_glass:
            return replace(self, status="pending", reason=transition.break_glass)
        return replace(self, status="stale" if self.review else "none", reason="")

    def _approved(self, review: Review, version: int) -> "Standing":
        first = self.versions.get(review.pk, version)
        return Standing("current", review, first, versions={**self.versions, review.pk: first})

    @property
    def stored(self) -> Review | None:
        """The approval that a row rests on."""
        return self.review if self.status == "current" else None

    def next_due_at(self) -> datetime | None:
        """The day that the approval set for the next review; None leaves it to the content."""
        return self.stored.next_due_at if self.stored else None

    def due_at(self, content: Mapping[str, Any]) -> datetime | None:
        """When the text is to be read again."""
        said = content["review_due_at"]
        return self.next_due_at() or (datetime.fromisoformat(said) if said else None)


def of_this_text(review: Review, transition: "Transition") -> bool:
    """A review binds to the hash of what was read: an equal text may rest on it, any other may not."""
    return review.revision_sha256 == transition.revision.sha256
