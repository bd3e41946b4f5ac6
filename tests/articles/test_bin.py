"""The bin: what was deleted can be taken out for 30 days, and then goes with every text of it."""

import io
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from articles import actions
from articles.actions import binning
from articles.models import Article, Revision
from cms import clock
from cms.errors import WrongState
from cms.models import AuditEntry, Permit, User
from tests.articles.releases.acts import a_release, publishing
from tests.builders import a_published_article, a_request, a_revision, an_article, reviewed, tag
from tests.client import ApiClient
from tests.security.rows import every_row

pytestmark = pytest.mark.django_db
PLANTED = "zirkonvogel"
DAY = 86_400.0


def thrown_away(article: Article) -> Article:
    actions.delete_draft(article_id=article.pk, expected=tag(article), by=None, now=clock.now())
    return Article.objects.get(pk=article.pk)


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("bin", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def binned(author: User, reviewer: User) -> Article:
    """An article in the bin, with everything that hangs on an article that was never public."""
    article = an_article(by=author, title=f"About {PLANTED}")
    a_revision(article, by=author, summary=f"More about {PLANTED}.")
    a_request(article, by=author)
    reviewed(article, by=reviewer, note=f"Leave out {PLANTED}.")
    a_release(publishing(article))
    return thrown_away(article)


def test_it_is_listed_and_nowhere_else(binned: Article, as_editor: ApiClient) -> None:
    assert str(binned.pk) in run()
    assert run("--dry-run") == ""
    assert as_editor.get(f"/api/v1/editorial/articles/{binned.pk}").status_code == 404


def test_it_is_taken_out_as_it_was(binned: Article, as_editor: ApiClient) -> None:
    run("--take-out", str(binned.pk))
    found = as_editor.get(f"/api/v1/editorial/articles/{binned.pk}").json()
    assert (found["state"], found["revision"]) == ("draft", 2)
    assert run() == ""


def test_what_is_not_in_the_bin_is_not_taken_out() -> None:
    for article_id in (an_article().pk, uuid4()):
        with pytest.raises(CommandError, match="no such article in the bin"):
            run("--take-out", str(article_id))


def test_before_its_thirty_days_nothing_goes(binned: Article, travel: Callable[[float], datetime]) -> None:
    travel(29.9 * DAY)
    assert run("--empty") == "0 deleted for good.\n"
    with pytest.raises(WrongState):
        binning.delete_for_good(article_id=binned.pk, by=None, now=clock.now())
    assert Revision.objects.filter(article=binned).count() == 2


def test_after_them_no_word_of_it_is_left(binned: Article, travel: Callable[[float], datetime]) -> None:
    travel(30 * DAY)
    assert str(binned.pk) in run("--dry-run")
    assert run("--empty") == "1 deleted for good.\n"
    assert PLANTED not in str(list(every_row()))
    assert not Article.objects.filter(pk=binned.pk).exists()
    assert not Permit.objects.exists()
    assert AuditEntry.objects.filter(subject=binned.pk, verb="article.delete_for_good").exists()
    assert run("--empty") == "0 deleted for good.\n"


def test_what_others_were_translated_from_stays(binned: Article, travel: Callable[[float], datetime]) -> None:
    run("--take-out", str(binned.pk))
    actions.translate_article(article_id=binned.pk, locale="fr", by=None, now=clock.now())
    thrown_away(Article.objects.get(pk=binned.pk))
    travel(30 * DAY)
    assert run("--empty") == "0 deleted for good.\n"


def test_what_was_public_never_comes_here(travel: Callable[[float], datetime]) -> None:
    article = a_published_article()
    with pytest.raises(WrongState):
        thrown_away(article)
    travel(31 * DAY)
    assert run("--empty") == "0 deleted for good.\n"


def test_without_the_bin_the_database_keeps_its_texts(binned: Article) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(article=binned).delete()
