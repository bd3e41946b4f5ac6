"""Whether a held reply may appear at once all the same, because of a token that only a confirmed address was given."""

from datetime import datetime, timedelta
from hmac import compare_digest

from django.conf import settings
from django.db.models import Count, Max, Q

from cms import sealing
from comments.gate import Ruling
from comments.models import Comment, Contact
from comments.trust import Record, Rules, may_appear_at_once

TOKEN_PREFIX = "kc_"  # noqa: S105 - says what a token is for; it is none
RULE = "trust"
_NO_DIGEST = "0" * 64


def is_trusted(contact: Contact, token: str, ruling: Ruling, now: datetime) -> bool:
    """The same work for every token and every address; only what the policy alone holds can be let through."""
    record, rules = record_of(contact, now), Rules(**settings.COMMENT_TRUST)
    holds_it = compare_digest(sealing.token_digest(token), contact.trust_token_sha256 or _NO_DIGEST)
    return (
        holds_it
        and contact.confirmed_at is not None
        and only_policy_holds(ruling)
        and may_appear_at_once(record, rules)
    )


def only_policy_holds(ruling: Ruling) -> bool:
    """Nothing but the article's policy wants it read, and it says nothing of self-harm."""
    return ruling.grade == 0 and {verdict.rule for verdict in ruling.verdicts if verdict.holds} == {"policy"}


def record_of(contact: Contact, now: datetime) -> Record:
    """What came of somebody's replies. What spoke of self-harm is no strike. One query."""
    rules = Rules(**settings.COMMENT_TRUST)
    theirs = Comment.objects.filter(private__contact=contact, private__urgency=3)
    refused = Q(
        state__in=("rejected", "spam", "removed"),
        decisions__decided_by__isnull=False,
        decisions__decision__in=("reject", "spam", "remove"),
        decisions__at__gt=_remembered_since(rules, now),
    )
    counted = theirs.aggregate(
        published=Count("pk", filter=Q(state="published"), distinct=True),
        refused=Count("pk", filter=refused, distinct=True),
        last=Max("decisions__at", filter=refused),
    )
    last = counted["last"]
    lately = last is not None and last > now - timedelta(days=rules.quiet_days)
    return Record(counted["published"], counted["refused"], lately)


def _remembered_since(rules: Rules, now: datetime) -> datetime:
    """No further back than grades are kept: without its grade, what spoke of self-harm would look like any other."""
    grades = settings.RETENTION["grades"]
    return now - timedelta(days=rules.memory_days if grades is None else min(rules.memory_days, grades))
