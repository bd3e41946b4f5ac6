"""Replies: their forms, the gate, trust, the desk, and who is told when one should be read first."""

from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from cms.env import called_address, env, signing_keys

COMMENT_EDIT_WINDOW = timedelta(minutes=30)
COMMENT_CLAIM_TIME = timedelta(minutes=env.int("COMMENT_CLAIM_MINUTES", 15))
COMMENT_REST_AFTER = env.int("COMMENT_REST_AFTER", 30)
COMMENT_UNDO_WINDOW = timedelta(minutes=env.int("COMMENT_UNDO_MINUTES", 60))
# How long the link in a letter can confirm an address, and for how long no second letter goes there.
CONFIRMATION_LIFETIME = timedelta(hours=48)
CONFIRMATION_URL_TEMPLATE = env.str("CONFIRMATION_URL_TEMPLATE", "")
# Points that somebody needs so that replies appear at once, what a refused one costs, days of quiet after it, and how
# long it counts.
COMMENT_TRUST = {"published": 3, "refusal": 3, "quiet_days": 30, "memory_days": 90}
# How long the link in a letter can do what somebody asked about an address.
CONTACT_REQUEST_LIFETIME = timedelta(hours=24)
# For how long after its first use the link of an export gives it again, for whoever pressed twice or lost the answer.
CONTACT_EXPORT_AGAIN = timedelta(minutes=2)
CONTACT_URL_TEMPLATE = env.str("CONTACT_URL_TEMPLATE", "")
# How long a form may be open, and how fast nobody types. Whatever is outside is held, never refused.
FORM_TOKEN_LIFETIME = timedelta(hours=24)
COMMENT_FORM_FASTEST = timedelta(seconds=3)
# The name of a field that frontends hide and people leave empty; none when it is empty.
COMMENT_HONEYPOT = env.str("COMMENT_HONEYPOT", "subject")
# Whether a reply has to come with a proof of work to appear at once, and how much work: some 256 times the cost.
COMMENT_ALTCHA = env.bool("COMMENT_ALTCHA", False)
ALTCHA_ALGORITHM, ALTCHA_COST = "PBKDF2/SHA-256", 5_000
COMMENT_GATE = [
    "comments.gate.policy.check",
    "comments.gate.honeypot.check",
    "comments.gate.form.check",
    "comments.gate.proof.check",
    "comments.gate.names.check",
    "comments.gate.links.check",
    "comments.gate.sellers.check",
    "comments.gate.promotion.check",
    "comments.gate.repeated.check",
    "comments.gate.third_parties.check",
    "comments.gate.methods.check",
    "comments.gate.approaches.check",
    "comments.gate.crisis.check",
    "comments.gate.learned.check",
]
COMMENT_CRISIS_GRADING = env.bool("COMMENT_CRISIS_GRADING", True)
# Who is told, and from which grade on, that a reply waits which should be read first; never more often than every so
# many minutes, and again after so many while nobody came (0: not again).
COMMENT_ALERT_TO: list[str] = env.list("COMMENT_ALERT_TO", [])
COMMENT_ALERT_GRADE = env.str("COMMENT_ALERT_GRADE", "immediate")
if COMMENT_ALERT_GRADE not in ("concern", "immediate"):
    raise ImproperlyConfigured("Set COMMENT_ALERT_GRADE to concern or immediate.")
COMMENT_ALERT_EVERY = timedelta(minutes=env.int("COMMENT_ALERT_EVERY", 10))
COMMENT_ALERT_REPEAT = timedelta(minutes=env.int("COMMENT_ALERT_REPEAT", 30))
# An address of the site's own that is called with the same, signed by every key; seconds after each failed attempt.
COMMENT_ALERT_WEBHOOK_URL = called_address("COMMENT_ALERT_WEBHOOK_URL")
COMMENT_ALERT_WEBHOOK_KEYS = signing_keys("COMMENT_ALERT_WEBHOOK_KEY", needed_for=COMMENT_ALERT_WEBHOOK_URL)
COMMENT_ALERT_WEBHOOK_RETRIES = [5, 15, 30, 60, 120, 300, 600]
