"""What moderators see: comments by what waits, the gravest first, then the oldest."""

from django.db import models


class QueueQuerySet(models.QuerySet):
    def in_queue(self, queue: str) -> "QueueQuerySet":
        return self.filter(queue=queue)

    def of_article(self, article_id: object) -> "QueueQuerySet":
        return self.filter(article_id=article_id)

    def graded(self, *urgencies: int) -> "QueueQuerySet":
        return self.filter(urgency__in=urgencies)
