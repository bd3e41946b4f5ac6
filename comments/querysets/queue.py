"""What moderators see: comments by what calls for a person, the most pressing first, then the oldest; and decisions."""

from datetime import datetime

from django.db import models
from django.db.models import Q


class QueueQuerySet(models.QuerySet):
    def in_queue(self, queue: str) -> "QueueQuerySet":
        return self.filter(desk=queue)

    def of_article(self, article_id: object) -> "QueueQuerySet":
        return self.filter(article_id=article_id)

    def graded(self, *urgencies: int) -> "QueueQuerySet":
        return self.filter(urgency__in=urgencies)

    def edits(self) -> "QueueQuerySet":
        """Of what is public."""
        return self.filter(comment__state="published")

    def new(self) -> "QueueQuerySet":
        """Not public, whatever was before."""
        return self.exclude(comment__state="published")

    def naming_the_erased(self) -> "QueueQuerySet":
        """Answers that name somebody who erased what they answer, and that nobody has looked through since."""
        return self.filter(names_erased_since__isnull=False)

    def in_order(self) -> "QueueQuerySet":
        """As in `comments.moderation.QUEUE_ORDER`."""
        return self.order_by("rank", "since", "comment_id")

    def claimed(self, now: datetime) -> "QueueQuerySet":
        """Somebody has taken it, and their time is not over."""
        return self.filter(comment__claim__until__gt=now)

    def unclaimed(self, now: datetime) -> "QueueQuerySet":
        return self.filter(Q(comment__claim__isnull=True) | Q(comment__claim__until__lte=now))


class DecisionQuerySet(models.QuerySet):
    def standing(self) -> "DecisionQuerySet":
        """Neither undone nor an undoing: what still counts."""
        return self.filter(undoes__isnull=True, undoing__isnull=True)

    def of_persons(self) -> "DecisionQuerySet":
        return self.filter(decided_by__isnull=False)
