"""The verbs of articles. Reading this package is reading an article's life.

Every verb is keyword-only, takes who does it (`by`), locks the article first, judges its state under the lock, and
writes the audit and the log of changes last. Who may is judged before, by the caller.
"""

from articles.actions.autosaving import drop_working_copy, keep_working_copy, working_copy
from articles.actions.catalogue import create_entry, retire_entry, save_entry
from articles.actions.desk import Outcome
from articles.actions.drafts import create_article, delete_draft, save_merge, save_revision
from articles.actions.history import Past, lay_down
from articles.actions.publishing import cancel, publish, reschedule
from articles.actions.rerendering import Batch, rerender, rerender_stale
from articles.actions.restoring import duplicate_article, restore_revision
from articles.actions.reviews import request_review, review
from articles.actions.taking_down import take_down

__all__ = [
    "Batch",
    "Outcome",
    "Past",
    "cancel",
    "create_article",
    "create_entry",
    "delete_draft",
    "drop_working_copy",
    "duplicate_article",
    "keep_working_copy",
    "lay_down",
    "publish",
    "request_review",
    "rerender",
    "rerender_stale",
    "reschedule",
    "restore_revision",
    "retire_entry",
    "review",
    "save_entry",
    "save_merge",
    "save_revision",
    "take_down",
    "working_copy",
]
