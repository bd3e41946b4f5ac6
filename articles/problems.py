"""The problem codes of articles, and what the timeline's constraints mean when they refuse."""

from collections.abc import Callable

from cms.constraints import register_constraints
from cms.errors import CommitTooLate, DomainError, NotAllowed, WrongState
from cms.problem_codes import register_codes

CODES = {
    "at_in_future": (400, "Instant ahead", "Delivery speaks of the past and of now; `at` lies ahead."),
    "accept_datetime_invalid": (400, "Invalid Accept-Datetime", "It holds no date of RFC 1123 in GMT."),
    "locale_needed": (
        404,
        "Name a locale",
        "Articles in several locales have this slug; `locales` lists them.",
    ),
    "reviewer_is_author": (403, "Own work", "Nobody reviews what they wrote themselves."),
    "not_the_head": (409, "Not the newest revision", "Only the newest revision can be sent to review."),
    "already_the_head": (409, "Nothing to restore", "The newest revision holds that text already."),
    "request_closed": (409, "Closed already", "The request was answered, or taken back, before."),
    "not_approved": (409, "Not approved", "A medical article needs the approval of exactly this revision."),
    "instant_taken": (409, "Instant taken", "Another change of the same article begins at that very second."),
    "slug_taken": (
        409,
        "Slug taken",
        "Another article of this locale is readable under this slug at that time.",
    ),
    "has_begun": (409, "It has begun", "A publication that has begun is history and does not change."),
    "has_ended": (409, "It is over", "A publication that has ended is history and does not change."),
    "not_public": (409, "Not public", "There is nothing to take down."),
    "nothing_to_preview": (409, "Nothing to preview", "What the link would show is public, or is not to be."),
    "was_public": (409, "It was public", "What was public cannot be deleted; take it down instead."),
    "identity_is_public": (409, "Identity is public", "Kind and locale of what was public stay as they are."),
    "translation_exists": (409, "Translation exists", "The article already has a version in this locale."),
    "not_a_story": (409, "Not a personal story", "Only a personal story has records of consent."),
    "consent_is_withdrawn": (409, "Withdrawn before", "This consent was taken back before."),
    "merge_conflicts": (
        409,
        "They do not go together",
        "Both changed the same place; `conflicts` says where.",
    ),
    "second_person_needed": (403, "A second person", "Whoever asked for a suppression does not confirm it."),
    "still_public": (409, "Still public", "The text is public or will be; take it down or cancel it first."),
    "already_suppressed": (409, "Asked already", "This text is suppressed, or its suppression waits."),
    "already_confirmed": (409, "In force", "A suppression that was confirmed is not taken back."),
    "text_suppressed": (409, "Text suppressed", "What was taken out of the past is not published again."),
    "not_suppressed": (409, "Texts within reach", "A purge comes after every text was suppressed."),
    "suppressed": (410, "Suppressed", "This text was taken out of the public past; `reason` says why."),
    "purged": (410, "Purged", "The texts of this article were deleted; numbers, dates and hashes remain."),
    "has_history": (409, "It has a history", "A past is laid down only where none is."),
    "key_taken": (409, "Key taken", "The catalogue has an entry of this kind under this key."),
    "not_begun": (409, "Not begun yet", "The version before begins within a second; try again then."),
    "in_release": (409, "Part of a release", "A release begins it together with others; `release` names it."),
    "release_invalid": (
        409,
        "The release cannot begin then",
        "`problems` lists everything that is wrong with any of its items.",
    ),
    "release_not_begun": (
        409,
        "Not begun",
        "What has not begun is cancelled; there is nothing to roll back.",
    ),
    "rolled_back": (409, "Rolled back already", "Another release rolls this one back; `release` names it."),
    "changed_since": (
        409,
        "Changed since",
        "Articles were changed after the release began; `problems` lists them.",
    ),
    "path_taken": (409, "Path taken", "There is a redirect from this path already."),
    "redirect_loop": (
        409,
        "A circle of redirects",
        "Redirects would lead in a circle, or over more steps than are followed; `path` says from where.",
    ),
    "not_minor": (
        422,
        "Not a minor update",
        "It changes what must be reviewed; `errors` names each difference. Send it as a major one.",
    ),
    "checks_failed": (422, "Checks failed", "Checks of the revision found errors; `errors` lists them."),
    "invalid_interval": (422, "Impossible interval", "A publication ends after it begins, and ahead of now."),
}


def _too_late() -> CommitTooLate:
    """The verbs judge by the clock first, so only a verb that took too long meets these rules: it stamps again."""
    return CommitTooLate("The change came after the instant that it was to begin at.")


def _gap() -> WrongState:
    return WrongState("The timeline changed meanwhile; read it again.")


LATE = (
    "publication_in_past",
    "publication_is_history",
    "publication_commits_in_time",
    "publicationtopic_is_history",
    "publicationperson_is_history",
    "embed_is_history",
    "catalogueversion_in_past",
    "catalogueversion_is_history",
)
MEANINGS: dict[str, Callable[[], DomainError]] = {
    **dict.fromkeys(LATE, _too_late),
    "publication_slug_free": lambda: WrongState(
        "Another article of this locale is readable under this slug at that time.", code="slug_taken"
    ),
    "publication_no_overlap": _gap,
    "publication_gap": _gap,
    "publication_no_gap": _gap,
    "suppression_two_persons": lambda: NotAllowed(
        "A second person confirms what you asked for.", code="second_person_needed"
    ),
    "catalogueitem_key_unique": lambda: WrongState("This key is taken.", code="key_taken"),
    "article_one_per_locale": lambda: WrongState(
        "This article already has a version in this locale.", code="translation_exists"
    ),
}


def register() -> None:
    """Called once, when the app is loaded."""
    register_codes(CODES)
    register_constraints(MEANINGS)
