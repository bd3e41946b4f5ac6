"""What people of the desk may see. Delivery does not import this."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models.functions import Coalesce

from cms.clock import FAR
from cms.roles import may_see_every_article


class Invented(models.Func):
    """Whether a stored content says `extra.invented: true`. Content is canonical JSON (RFC 8785), or was deleted."""

    output_field = models.BooleanField()
    template = (
        "(CASE WHEN length(%(expressions)s) = 0 THEN 0 "
        "ELSE coalesce(json_type(CAST(%(expressions)s AS TEXT), '$.extra.invented'), '') = 'true' END)"
    )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = (
            "(CASE WHEN length(%(expressions)s) = 0 THEN false ELSE "
            "coalesce((convert_from(%(expressions)s, 'UTF8')::json #> '{extra,invented}')::text, '') = 'true' END)"
        )
        return super().as_sql(compiler, connection, template=template, **context)


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

    def with_review_wanted(self) -> "ArticleQuerySet":
        """Annotates `review_wanted_by`: the day by which an open request wants its answer; FAR without one."""
        requests = apps.get_model("articles", "ReviewRequest")
        open_ones = requests.objects.filter(article=models.OuterRef("pk"), closed_at__isnull=True)
        return self.annotate(
            review_wanted_by=Coalesce(
                models.Subquery(open_ones.values("due_at")[:1]),
                models.Value(FAR),
                output_field=models.DateTimeField(),
            )
        )

    def waiting_for_review(self) -> "ArticleQuerySet":
        return self.filter(review_requested_at__isnull=False)

    def asked_of(self, user: AbstractBaseUser) -> "ArticleQuerySet":
        """Whose open request names this reviewer."""
        asked = apps.get_model("articles", "AskedReviewer")
        open_ones = asked.objects.filter(reviewer_id=user.pk, request__closed_at__isnull=True)
        return self.filter(pk__in=open_ones.values("request__article_id"))

    def live_unreviewed(self, at: datetime) -> "ArticleQuerySet":
        """What readers have at `at` that its reviewers have not approved: an approval was there, or is to follow."""
        rows = apps.get_model("articles", "Publication").objects.live(at)
        return self.filter(pk__in=rows.filter(review_status__in=("stale", "pending")).values("article_id"))

    def due_for_review(self, at: datetime) -> "ArticleQuerySet":
        """What readers have at `at` that was to be read again by then."""
        rows = apps.get_model("articles", "Publication").objects.live(at)
        return self.filter(pk__in=rows.filter(review_due_at__lte=at).values("article_id"))

    def with_state_at(self, at: datetime) -> "ArticleQuerySet":
        """Annotates `public_state` (live, withdrawn, gone or null) and `next_from` (the next scheduled instant)."""
        publications = apps.get_model("articles", "Publication")
        rows = publications.objects.filter(article=models.OuterRef("pk"))
        return self.annotate(
            public_state=models.Subquery(rows.covering(at).values("state")[:1]),
            public_revision=models.Subquery(rows.covering(at).values("revision__number")[:1]),
            next_from=models.Subquery(
                rows.ahead(at).order_by("effective_until").values("effective_from")[:1]
            ),
        )

    def translated_behind(self, at: datetime) -> "ArticleQuerySet":
        """Those whose readable translation lags behind its original: `articles.translations.behind` is not 0."""
        rows = apps.get_model("articles", "Publication").objects
        source = models.OuterRef(models.OuterRef("source_revision"))
        shown = rows.begun(at).readable().filter(article=models.OuterRef("article"), revision_number=source)
        since = shown.filter(effective_from__gte=models.OuterRef("effective_from"))
        major = rows.begun(at).filter(state="live", update_type="major")
        newer = major.filter(
            ~models.Exists(since),
            models.Q(revision_number__gt=models.OuterRef("source_revision")) | models.Exists(shown),
            article=models.OuterRef("source_article"),
        )
        public = rows.covering(at).readable().filter(article=models.OuterRef("pk"))
        return self.filter(models.Exists(public.filter(models.Exists(newer))))

    def claiming_truth(self) -> "ArticleQuerySet":
        """Personal stories whose newest or public text does not say that it is invented. After `with_state_at`."""
        shown = models.Q(number=models.OuterRef("head_number"))
        shown |= models.Q(number=models.OuterRef("public_revision"))
        revisions = apps.get_model("articles", "Revision").objects.filter(
            shown, article=models.OuterRef("pk")
        )
        told = revisions.annotate(invented=Invented("content")).filter(invented=False)
        return self.filter(models.Exists(told), kind="personal_story")


class RevisionQuerySet(models.QuerySet):
    def of_article(self, article_id: object) -> "RevisionQuerySet":
        return self.filter(article_id=article_id).order_by("-number")

    def with_suppression(self) -> "RevisionQuerySet":
        """Annotates `suppressed_reason` and `suppressed_at`: of the first suppression in force of it."""
        named = apps.get_model("articles", "SuppressedPublication").objects.filter(
            publication__revision=models.OuterRef("pk"), suppression__confirmed_at__isnull=False
        )
        first = named.order_by("suppression__confirmed_at")
        return self.annotate(
            suppressed_reason=models.Subquery(first.values("suppression__reason")[:1]),
            suppressed_at=models.Subquery(first.values("suppression__confirmed_at")[:1]),
        )
