"""The verbs of articles. Reading this package is reading an article's life.

Every verb is keyword-only, takes who does it (`by`), locks the article first, judges its state under the lock, and
writes the audit and the log of changes last. Who may is judged before, by the caller.
"""

from articles.actions.autosaving import drop_working_copy, keep_working_copy, working_copy
from articles.actions.catalogue import create_entry, retire_entry, save_entry
from articles.actions.collections import (
    cancel_version,
    create_collection,
    replace_version,
    retire_collection,
    save_collection,
)
from articles.actions.consenting import record_consent, withdraw_consent
from articles.actions.desk import Outcome
from articles.actions.drafts import create_article, delete_draft, save_merge, save_revision
from articles.actions.history import Past, lay_down
from articles.actions.publishing import cancel, publish, reschedule
from articles.actions.purging import Purged, purge
from articles.actions.redirecting import (
    Destination,
    change_redirect,
    create_redirect,
    delete_redirect,
    import_redirects,
    lay_down_redirect,
)
from articles.actions.releases.drafting import create_release, delete_release, save_release
from articles.actions.releases.rolling_back import roll_back
from articles.actions.releases.scheduling import ReleaseOutcome, cancel_release, schedule_release
from articles.actions.requesting import request_review, withdraw_request
from articles.actions.rerendering import Batch, rerender, rerender_stale
from articles.actions.restoring import duplicate_article, restore_revision
from articles.actions.reviews import Decided, review
from articles.actions.suppressing import (
    InForce,
    ask_for_suppression,
    asks_for_history,
    confirm_suppression,
    take_down_and_ask,
    withdraw_suppression,
)
from articles.actions.taking_down import take_down
from articles.actions.translating import translate_article

__all__ = [
    "Batch",
    "Decided",
    "Destination",
    "InForce",
    "Outcome",
    "Past",
    "Purged",
    "ReleaseOutcome",
    "ask_for_suppression",
    "asks_for_history",
    "cancel",
    "cancel_release",
    "cancel_version",
    "change_redirect",
    "confirm_suppression",
    "create_article",
    "create_collection",
    "create_entry",
    "create_redirect",
    "create_release",
    "delete_draft",
    "delete_redirect",
    "delete_release",
    "drop_working_copy",
    "duplicate_article",
    "import_redirects",
    "keep_working_copy",
    "lay_down",
    "lay_down_redirect",
    "publish",
    "purge",
    "record_consent",
    "replace_version",
    "request_review",
    "rerender",
    "rerender_stale",
    "reschedule",
    "restore_revision",
    "retire_collection",
    "retire_entry",
    "review",
    "roll_back",
    "save_collection",
    "save_entry",
    "save_merge",
    "save_release",
    "save_revision",
    "schedule_release",
    "take_down",
    "take_down_and_ask",
    "translate_article",
    "withdraw_consent",
    "withdraw_request",
    "withdraw_suppression",
    "working_copy",
]
