"""What may be sent and how often, and how readers get their answers."""

from cms.env import env

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
LIMITS = {
    "json_bytes": 1_000_000,
    "json_depth": 32,
    "body_markdown": 200_000,
    "comment": 10_000,
}
RATE_LIMITS = {
    # scope: (requests, seconds)
    "comments": (20, 600),
    "reports": (10, 3600),
    "author": (120, 600),
    "links": (60, 600),
    "form-tokens": (60, 600),
    "contact-requests": (10, 600),
    "contact-address": (3, 21_600),
    "sign-in": (30, 600),
    "account": (60, 600),
}
# What the fast lane keeps of delivery's answers, in bytes for each worker; 0 switches it off.
DELIVERY_MEMORY = env.int("DELIVERY_MEMORY", 28_000_000)
# Paths of functions: given an instant, the next one at which what readers get is known to change.
TRANSITIONS = ["articles.reading.next_transition", "articles.reading.next_entry_transition"]
# Paths of functions: given a path and a query, what one look-up finds there (`cms.fastlane.straight`).
STRAIGHT = ["articles.straight.article"]
# By the first part of a change's type: the path of the `cms.following.Source` that knows its subjects, in the order of
# a full read.
FOLLOWED = {
    "article": "articles.following.articles",
    "catalogue": "articles.following.catalogue",
    "comment": "comments.following.replies",
}
# Path of a function: whether what somebody searches for calls for naming helplines beside the results.
SEARCH_SUPPORT = "comments.gate.searches.calls_for_support"
