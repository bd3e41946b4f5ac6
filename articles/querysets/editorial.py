"""What people of the desk may see. Delivery does not import this."""

from datetime import datetime

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from cms.roles import may_see_every_article


class ArticleQuerySet(models.QuerySet):
    def on_desk(self) -> "ArticleQuerySet":
        """Not in the bin."""
        return self.filter(binned_at__isnull=True)

    def visible_to(self, user: AbstractBaseUser) -> "ArticleQuerySet":
        """The whole desk for roles that see it; for an author, what they began or wrote in."""
        if may_see_every_article(user):
            return self
        return self.filter(models.Q(created_by=user) | models.Q(pk__in=self._written_by(user)))

    def known_to(self, user: AbstractBaseUser | None, at: datetime) -> "ArticleQuerySet":
        """What somebody may name in a text of theirs: what they see here, and what anybody could read by `at`."""
        if user is None or may_see_every_article(user):
            return self
        publications = apps.get_model("articles", "Publication")
        public = publications.objects.begun(at).values("article_id")
        own = models.Q(created_by=user) | models.Q(pk__in=self._written_by(user))
        return self.filter(own | models.Q(pk__in=public))

    def _written_by(self, user: AbstractBaseUser) -> models.QuerySet:
        revisions = apps.get_model("articles", "Revision")
        return revisions.objects.filter(author_id=user.pk).values("article_id")

    def with_state_at(self, at: datetime) -> "ArticleQuerySet":
        """Annotates `public_state` (live, withdrawn, gone or null) and `next_from` (the next scheduled instant)."""
        publications = apps.get_model("articles", "Publication")
        rows = publications.objects.filter(article=models.OuterRef("pk"))
        return self.annotate(
            public_state=models.Subquery(rows.covering(at).values("state")[:1]),
            public_revision=models.Subquery(rows.covering(at).values("revision__number")[:1]),
            next_from=models.Subquery(rows.ahead(at).order_by("effective_from").values("effective_from")[:1]),
        )


class RevisionQuerySet(models.QuerySet):
    def of_article(self, article_id: object) -> "RevisionQuerySet":
        return self.filter(article_id=article_id).order_by("-number")
