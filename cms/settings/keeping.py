"""How long things are kept, and where it is written down that they are gone."""

from datetime import timedelta
from pathlib import Path

from cms.env import env, periods
from cms.settings.site import DATA_DIR

IDEMPOTENCY_LIFETIME = timedelta(hours=24)
# How many days things are kept; None is for ever. `manage.py retain` ends what is over; docs/privacy.md explains each.
RETENTION = periods(
    "RETENTION",
    {
        # what concerns requests, accounts and the desk
        "address_keys": 0,
        "idempotency_records": 1,
        "rate_windows": 1,
        "sign_in_attempts": 30,
        "sessions": 0,
        "tokens": 30,
        "audit_details": 1095,
        "autosaves": 180,
        "preview_links": 90,
        # of replies, from the day on which they were sent
        "ip_digests": 30,
        "spent_tokens": 0,
        "text_digests": 30,
        # of replies, from the last decision
        "countries": 30,
        "rejected_texts": 90,
        "spam_texts": 30,
        "removed_texts": 365,
        "earlier_texts": 90,
        "verdicts": 90,
        "grades": 90,
        "typed_names": 365,
        "decision_notes": 365,
        "addresses": 365,
        # of what was reported and escalated, from when it was closed
        "reports": 90,
        "escalation_notes": 365,
        # of requests about an address, from the end of their link
        "contact_requests": 7,
    },
)
RETENTION_CLOCKS = ["cms.retention.CLOCKS", "articles.retention.CLOCKS", "comments.retention.CLOCKS"]
# Where erasures are written down beside the database; a place that no restored backup overwrites.
ERASURE_LEDGER = Path(env.str("ERASURE_LEDGER", "") or DATA_DIR / "erasures.log")
