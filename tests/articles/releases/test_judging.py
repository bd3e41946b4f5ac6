"""Every problem of every item is named, before anything is written; what would happen is told."""

from datetime import datetime

import pytest

from articles import actions
from articles.actions.releases.scheduling import dry_run
from articles.models import Article, Publication, Release
from cms import clock
from cms.errors import InvalidContent, WrongState
from cms.ids import uuid7
from cms.models import User
from tests.articles.releases.acts import (
    a_draft_and_a_better_one,
    a_release,
    now_of,
    publishing,
    scheduled,
    unpublishing,
    withdrawing,
)
from tests.builders import (
    a_published_article,
    a_revision,
    ahead,
    an_article,
    fresh,
    published,
    reviewed,
    tag,
    taken_down,
)

pytestmark = pytest.mark.django_db


def found(release: Release, at: datetime | None = None) -> dict[Article, list[str]]:
    """The codes by article, as the dry run finds them; scheduling must refuse with the same list."""
    instant = at or ahead(days=1)
    judgement = dry_run(now_of(release), instant, None)
    by_article: dict[Article, list[str]] = {}
    for problem in judgement.problems:
        article = Article.objects.get(pk=problem.article_id)
        by_article.setdefault(article, []).append(problem.code)
    if judgement.problems:
        before = Publication.objects.count()
        with pytest.raises(WrongState) as caught:
            scheduled(release, effective_from=instant)
        assert caught.value.code == "release_invalid"
        assert [problem["code"] for problem in caught.value.extra["problems"]] == [
            problem.code for problem in judgement.problems
        ]
        assert Publication.objects.count() == before
    return by_article


def test_it_names_every_problem_of_every_item(author: User) -> None:
    unchecked = an_article(slug="unchecked", title="", body_markdown="Cited [@nobody].\n")
    medical = an_article(slug="medical", medical=True, by=author)
    draft = an_article(slug="draft")
    archived = a_published_article(slug="archived")
    taken_down(archived, "archive")
    wrong = an_article(slug="wrong")
    binned = an_article(slug="binned")
    release = a_release(
        publishing(unchecked),
        publishing(medical),
        withdrawing(draft),
        publishing(archived),
        publishing(wrong, 7),
        publishing(binned),
    )
    actions.delete_draft(article_id=binned.pk, expected=tag(binned), by=None, now=clock.now())
    problems = found(release)
    assert len(problems[unchecked]) >= 2
    assert "not_approved" in problems[medical]
    assert problems[draft] == ["not_public"]
    assert problems[archived] == ["article_archived"]
    assert problems[wrong] == ["unknown_revision"]
    assert problems[fresh(binned)] == ["article_in_bin"]


def test_an_approved_medical_text_is_ready(author: User, reviewer: User) -> None:
    article = an_article(medical=True, by=author)
    release = a_release(publishing(article))
    codes = found(release)[article]
    reviewed(article, by=reviewer)
    assert set(codes) - set(found(release).get(article, [])) == {"not_approved"}


def test_slugs_that_collide_inside_the_release_and_outside_are_named() -> None:
    inside, too = an_article(slug="same"), an_article(slug="same")
    outside, owner = an_article(slug="taken"), a_published_article(slug="taken")
    assert found(a_release(publishing(inside), publishing(too), publishing(outside))) == {
        inside: ["slug_taken"],
        too: ["slug_taken"],
        outside: ["slug_taken"],
    }
    assert found(a_release(publishing(outside), unpublishing(owner))) == {}


def test_a_slug_that_is_taken_later_is_named() -> None:
    later = an_article(slug="sleep")
    published(later, effective_from=ahead(days=5))
    article = an_article(slug="sleep")
    assert found(a_release(publishing(article))) == {article: ["slug_taken"]}
    published(article, effective_from=ahead(hours=1), effective_until=ahead(hours=2))
    assert found(a_release(publishing(article))) == {article: ["slug_taken"]}


def test_instants_that_are_taken_are_named_and_by_whom() -> None:
    first, second = a_draft_and_a_better_one()
    instant = ahead(days=1)
    published(first, effective_from=instant)
    scheduled(a_release(publishing(second), name="Winter"), effective_from=instant)
    release = a_release(withdrawing(first), withdrawing(second))
    assert found(release, instant) == {first: ["instant_taken"], second: ["in_release"]}
    sentence = dry_run(release, instant, None).problems[1].detail
    assert "Winter" in sentence


def test_nothing_begins_without_items() -> None:
    with pytest.raises(WrongState) as caught:
        scheduled(a_release())
    assert caught.value.extra["problems"][0]["code"] == "empty_release"


def test_the_dry_run_tells_what_would_happen_and_changes_nothing() -> None:
    first, second = a_draft_and_a_better_one()
    follows = published(second, 2, effective_from=ahead(days=3)).visible_at
    release = a_release(publishing(first), withdrawing(second))
    before = Publication.objects.count()
    judgement = dry_run(release, ahead(days=1), None)
    told = [
        (e.before and e.before.state, e.after.state, e.after.revision.number, e.until)
        for e in judgement.effects
    ]
    assert told == [(None, "live", 1, clock.FAR), ("live", "withdrawn", 1, follows)]
    assert judgement.problems == []
    assert Publication.objects.count() == before


def test_the_dry_run_of_a_scheduled_release_is_of_its_own_instant() -> None:
    release = a_release(publishing(an_article()))
    instant = scheduled(release, effective_from=ahead(days=1)).visible_at
    judgement = dry_run(now_of(release), None, None)
    assert (judgement.starts, judgement.problems) == (instant, [])


def test_a_dry_run_behind_us_says_so() -> None:
    release = a_release(publishing(an_article()))
    assert [p.code for p in dry_run(release, clock.read_instant(), None).problems] == ["in_past"]


def test_articles_that_do_not_exist_or_are_named_twice_are_refused_when_saved() -> None:
    article = an_article()
    with pytest.raises(InvalidContent) as caught:
        a_release(publishing(article), unpublishing(article), {"article": uuid7(), "verb": "unpublish"})
    assert [(error.pointer, error.code) for error in caught.value.errors] == [
        ("/items/2/article", "unknown_article"),
        ("/items/1/article", "duplicate"),
    ]


def test_it_is_judged_for_its_instant_and_not_for_now() -> None:
    """An article that is to be gone by then cannot be withdrawn then, though it is public now."""
    article = a_published_article()
    a_revision(article, title="Better")
    published(article, 2, effective_from=ahead(hours=1), effective_until=ahead(hours=2))
    assert found(a_release(withdrawing(article))) == {article: ["not_public"]}
