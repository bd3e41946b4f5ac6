"""What readers may see of a thread, said once. Every list is a range of one index."""

from django.db import models

from comments.paths import beneath


class CommentQuerySet(models.QuerySet):
    def visible(self) -> "CommentQuerySet":
        """Published, or a tombstone above something published. A bare boolean, so that partial indexes serve it."""
        return self.filter(visible=True)

    def in_thread(self, article_id: object) -> "CommentQuerySet":
        return self.filter(article_id=article_id)

    def by_the_site(self) -> "CommentQuerySet":
        """In the site's name, whatever their state. A bare boolean too."""
        return self.filter(is_staff=True)

    def roots(self) -> "CommentQuerySet":
        return self.filter(parent__isnull=True)

    def beneath(self, path: bytes) -> "CommentQuerySet":
        """The whole subtree under `path`, without its top."""
        low, high = beneath(path)
        return self.filter(path__gt=low, path__lt=high)
