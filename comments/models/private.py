"""What no reader may reach: addresses, typed names, digests, grades, verdicts, notes. Delivery may not import this."""

from django.conf import settings
from django.db import models

from cms.ids import uuid7
from comments.querysets.queue import QueueQuerySet

GRADES = ("none", "mention", "concern", "immediate")
"""How a text speaks of self-harm, as numbers 0 to 3 in the tables."""


class Contact(models.Model):
    """The private side of a commenter: the address, sealed (AES-GCM), and a keyed digest that finds it again.

    `confirmed_at`: its owner followed the link in a letter, and was given the token that `trust_token_sha256` is of.
    `muted_at`: no letter goes there any more. `notified_at`: when the last letter about answers went.
    `blocked_at`: what comes from there is held.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email_sealed = models.BinaryField()
    email_mac = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    muted_at = models.DateTimeField(null=True)
    notified_at = models.DateTimeField(null=True)
    trust_token_sha256 = models.CharField(max_length=64, default="")
    blocked_at = models.DateTimeField(null=True)
    blocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    block_note = models.CharField(max_length=1000, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["blocked_at"],
                name="contact_blocked",
                condition=models.Q(blocked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


_WAITS = models.Q(queue="waiting")
_DESK = models.Case(
    models.When(
        _WAITS
        | models.Q(open_escalations__gt=0)
        | models.Q(open_reports__gt=0)
        | models.Q(open_appeals__gt=0),
        then=models.Value("waiting"),
    ),
    default=models.F("queue"),
)
_RANK = models.Case(
    models.When(open_escalations__gt=0, then=models.Value(0)),
    models.When(_WAITS & models.Q(urgency=0), then=models.Value(1)),
    models.When(urgent_reports__gt=0, then=models.Value(2)),
    models.When(_WAITS, then=models.F("urgency") + models.Value(2)),
    default=models.Value(5),
)


class CommentPrivate(models.Model):
    """Who wrote a comment, as far as is known, and its place in the moderators' queue.

    `queue` is `waiting` while a version waits for a decision, else the comment's state; `urgency` is 3 minus the
    grade. What else calls for a moderator is counted in the columns `open_…`. The database works out from these
    where the moderators meet it: `desk` is `waiting` while anything calls, and `rank` puts the open escalations first,
    then who may be in danger now, then those whom a reply identifies or frightens, then the other grades. `since` is
    when the call began: the latest version, or a report or an appeal where nothing called before.
    `names_erased_since`: when the author of the reply that this one answers erased it, where this one names them and
    nobody has looked at that yet.
    """

    comment = models.OneToOneField(
        "comments.Comment", primary_key=True, on_delete=models.PROTECT, related_name="private"
    )
    article_id = models.UUIDField()
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="comments")
    ip_digest = models.CharField(max_length=64, default="")
    author_token_sha256 = models.CharField(max_length=64)
    country = models.CharField(max_length=6, default="")
    locale = models.CharField(max_length=35, default="")
    privacy_version = models.CharField(max_length=32, default="")
    notify = models.BooleanField(default=False)
    queue = models.CharField(max_length=9, default="waiting")
    urgency = models.PositiveSmallIntegerField(default=3)
    since = models.DateTimeField()
    open_escalations = models.PositiveSmallIntegerField(default=0)
    open_reports = models.PositiveIntegerField(default=0)
    urgent_reports = models.PositiveIntegerField(default=0)
    open_appeals = models.PositiveSmallIntegerField(default=0)
    names_erased_since = models.DateTimeField(null=True)
    desk = models.GeneratedField(
        expression=_DESK, output_field=models.CharField(max_length=9), db_persist=True
    )
    rank = models.GeneratedField(
        expression=_RANK, output_field=models.PositiveSmallIntegerField(), db_persist=True
    )

    objects = QueueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(urgency__lte=3), name="commentprivate_urgency"),
        ]
        indexes = [
            models.Index(fields=["desk", "rank", "since", "comment"], name="commentprivate_desk"),
            models.Index(
                fields=["article_id", "desk", "rank", "since", "comment"], name="commentprivate_of_article"
            ),
            models.Index(fields=["queue", "urgency", "since"], name="commentprivate_waits"),
            models.Index(
                fields=["desk", "rank", "since", "comment"],
                name="commentprivate_names_erased",
                condition=models.Q(names_erased_since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.queue} {self.comment_id}"

    @property
    def calls(self) -> bool:
        """Whether anything about it waits for a person, a version or not."""
        return self.queue == "waiting" or bool(
            self.open_escalations or self.open_reports or self.open_appeals
        )

    @property
    def grade(self) -> str:
        return GRADES[3 - self.urgency]


class VersionPrivate(models.Model):
    """What was typed beside the text of one version, and what the gate said of it. Erasure deletes the row.

    `folded` holds the words of the text as checks compare them, with single spaces between and around them, for the
    moderators' search.
    """

    version = models.OneToOneField(
        "comments.CommentVersion", primary_key=True, on_delete=models.PROTECT, related_name="private"
    )
    author_name = models.CharField(max_length=100)
    author_website = models.CharField(max_length=500, default="")
    verdicts = models.JSONField(default=list)
    folded = models.TextField(default="")
    grade = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.version_id)


class DecisionNote(models.Model):
    """A moderator's own words to a decision. They may quote the reader, so erasure deletes the row."""

    decision = models.OneToOneField(
        "comments.Decision", primary_key=True, on_delete=models.PROTECT, related_name="note"
    )
    text = models.CharField(max_length=1000)

    def __str__(self) -> str:
        return str(self.decision_id)
