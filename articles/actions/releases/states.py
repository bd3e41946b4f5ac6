"""In which state a release is, and what can be done with it there."""

from datetime import datetime

from articles.models import Release
from cms.errors import WrongState

TRANSITIONS = {
    # (verb, state before) -> state after
    ("save", "draft"): "draft",
    ("save", "cancelled"): "draft",
    ("delete", "draft"): "deleted",
    ("schedule", "draft"): "scheduled",
    ("schedule", "cancelled"): "scheduled",
    ("cancel", "scheduled"): "cancelled",
    ("roll_back", "released"): "released",
}
"""What a verb makes of a release. Anything else is refused as a wrong state; a scheduled one is released by time."""

_DONE = {
    "save": "changed",
    "delete": "deleted",
    "schedule": "scheduled",
    "cancel": "cancelled",
    "roll_back": "rolled back",
}


def state_of(release: Release, now: datetime) -> str:
    """draft, scheduled, released or cancelled: that a scheduled one has begun follows from its instant."""
    begun = release.effective_from is not None and release.effective_from <= now
    return "released" if release.state == "scheduled" and begun else release.state


def require_may(verb: str, release: Release, now: datetime) -> None:
    """Raises WrongState (has_begun, release_not_begun, wrong_state) where `verb` has no place."""
    state = state_of(release, now)
    if (verb, state) in TRANSITIONS:
        return
    if state == "released":
        raise WrongState("It has begun; roll it back instead.", code="has_begun")
    if verb == "roll_back":
        raise WrongState(
            "It has not begun; there is nothing to roll back. A scheduled release can be cancelled.",
            code="release_not_begun",
        )
    raise WrongState(f"A release that is {state} cannot be {_DONE[verb]}.")
