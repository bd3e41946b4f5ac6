"""Loading the demonstration: once, whole, with drafts that stay on the desk and a past that can be read."""

from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import authenticate

from articles import reading
from articles.demo import accounts
from articles.models import Article, Publication, Rendering, Revision
from cms import clock
from cms.errors import Gone
from cms.models import Change, PendingChange, Site, User
from cms.roles import ROLES, roles_of
from comments import demo as demonstration
from comments.models import Comment, CommentPrivate, Decision, Thread
from tests.demo.loaded.conftest import document_of

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.django_db]

MARK = b"lantern-moth-41"


def test_the_site_says_that_it_is_a_demonstration(demo):
    site = Site.objects.get()

    assert site.demo
    assert (site.default_locale, site.locales) == ("en", ["en", "fr"])
    assert site.time_zone == "Europe/Paris"
    assert set(site.disclaimer) == {"en", "fr"}
    assert site.contact.endswith("example.org")


def test_a_second_load_does_nothing(demo):
    before = count_of_everything()

    assert demonstration.load(demo) is False
    assert count_of_everything() == before


def test_there_is_a_user_for_each_role_who_can_sign_in(demo, rf):
    for name, role in accounts.ROLE_OF.items():
        user = authenticate(rf.post("/sign-in"), username=name, password=demo[name])

        assert user is not None, name
        assert roles_of(user) == {role}
    assert set(accounts.ROLE_OF.values()) == set(ROLES)


def test_nobody_can_sign_in_as_any_other_byline(demo):
    others = User.objects.exclude(username__in=accounts.ROLE_OF)

    assert len(others) >= 4
    assert not any(user.is_active or user.has_usable_password() or roles_of(user) for user in others)


def test_a_draft_is_on_the_desk_and_in_nothing_that_readers_get(demo):
    drafts = [revision for revision in Revision.objects.all() if MARK in bytes(revision.content)]
    public = [bytes(row.body) for row in Rendering.objects.all()]
    public += [bytes(row.card) for row in Publication.objects.all()]

    assert len(drafts) == 2
    assert not Publication.objects.filter(revision__in=drafts).exists()
    assert not any(MARK in data for data in public)


def test_one_article_was_never_public(demo):
    unpublished = Article.objects.exclude(pk__in=Publication.objects.values("article"))

    assert [article.head_slug for article in unpublished] == ["a-first-appointment"]


def test_one_publication_lies_some_days_ahead_and_is_not_visible_before(demo):
    row = Publication.objects.ahead(clock.now()).get()

    assert timedelta(days=4) < row.effective_from - clock.now() < timedelta(days=6)
    assert (
        document_of(row)["title"]
        != document_of(reading.covering(row.article_id, clock.read_instant()))["title"]
    )
    assert reading.covering(row.article_id, row.effective_from) == row
    assert PendingChange.objects.get().publication_id == row.pk


def test_what_was_withdrawn_says_why_and_where_to_go_instead(demo):
    row = reading.article_for("two-trials-in-brief", locale=None, at=clock.read_instant())
    withdrawal = document_of(row)["withdrawal"]
    alternative = withdrawal["alternative_href"].rpartition("/")[2]

    assert row.state == "withdrawn"
    assert "4 September 2025" in withdrawal["explanation"]
    assert reading.readable_article(alternative).slug == "mdma-assisted-therapy-evidence"


def test_what_is_gone_says_why_and_where_to_go_instead(demo):
    with pytest.raises(Gone) as gone:
        reading.readable_article("replies-pause-over-the-new-year")

    alternative = gone.value.extra["alternative_href"].rpartition("/")[2]
    assert "pause that ended" in gone.value.detail
    assert reading.readable_article(alternative).slug == "finding-help"


def test_replies_are_there_in_every_state_and_some_levels_deep(demo):
    states = Counter(Comment.objects.values_list("state", flat=True))

    assert set(states) == {"held", "published", "rejected", "spam", "removed", "deleted"}
    assert sum(states.values()) >= 45
    assert max(Comment.objects.values_list("depth", flat=True)) == 4
    assert Comment.objects.filter(is_staff=True).exists()


def test_the_reply_in_distress_is_the_first_that_a_moderator_sees(demo):
    waiting = CommentPrivate.objects.in_queue("waiting").order_by("urgency", "since")

    assert [row.grade for row in waiting] == ["concern", "none", "none"]


def test_a_deleted_reply_keeps_no_word_and_no_address(demo):
    for comment in Comment.objects.filter(state="deleted"):
        assert comment.private.contact_id is None
        assert set(comment.versions.values_list("text", "html", "public_name")) == {("", "", "")}


def test_every_ruling_of_a_moderator_is_signed(demo):
    signed = Decision.objects.filter(rule="")

    assert signed.count() >= 45
    assert {decision.decided_by.username for decision in signed.select_related("decided_by")} == {"moderator"}


def test_counts_of_threads_are_what_their_replies_say(demo):
    for thread in Thread.objects.all():
        own = Comment.objects.filter(article_id=thread.article_id)
        assert thread.public_count == own.filter(state="published").count()
        assert (
            thread.held_count
            == CommentPrivate.objects.in_queue("waiting").of_article(thread.article_id).count()
        )


def test_the_log_tells_of_every_article_in_time_order(demo):
    told = list(Change.objects.filter(type__startswith="article.").order_by("id"))

    assert [change.at for change in told] == sorted(change.at for change in told)
    assert len(told) == Publication.objects.begun(clock.now()).count()


def count_of_everything() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}
