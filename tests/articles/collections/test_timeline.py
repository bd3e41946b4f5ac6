"""The versions of a collection on their timeline: now, ahead, moved, cancelled, retired."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import actions
from articles.actions.collections import Kept
from articles.models import CatalogueItem
from articles.reading import catalogue_entry
from cms import changes, clock, transactions
from cms.clock import FAR
from cms.errors import InvalidContent, NotFound, PreconditionFailed, WrongState
from cms.models import AuditEntry, Change, PendingChange, User
from tests.articles.collections.shelf import a_collection, holding, saved, tag, timeline, titled
from tests.builders import SECOND, a_published_article, ahead, an_article
from tests.builders import tag as article_tag

pytestmark = pytest.mark.django_db
Travel = Callable[[float], datetime]
CONTENT: dict[str, Any] = {"title": {"en": "New"}, "summary": {}, "articles": []}


def created(**how: Any) -> Kept:
    return actions.create_collection(key="new", content=CONTENT, by=None, **how)


def cancelled(item: CatalogueItem, number: int) -> object:
    return actions.cancel_version(item_id=item.pk, number=number, expected=tag(item), by=None)


def replaced(item: CatalogueItem, number: int, **how: Any) -> Kept:
    change = how.pop("change", lambda document: document)
    return actions.replace_version(
        item_id=item.pk, number=number, change=change, expected=tag(item), by=None, **how
    )


def retired(item: CatalogueItem) -> Kept:
    return actions.retire_collection(item_id=item.pk, expected=tag(item), by=None)


def title_at(instant: datetime, key: str = "first-steps") -> str:
    title: str = catalogue_entry("collection", key, instant).content["title"]["en"]
    return title


def with_a_title_after(pattern: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The change to a title that tells what stood there before."""
    return lambda document: titled(pattern.format(document["title"]["en"]))(document)


def test_a_new_collection_is_public_from_the_stamp_on() -> None:
    kept = created()
    assert kept.visible_at > clock.now()
    assert title_at(kept.visible_at, "new") == "New"
    with pytest.raises(NotFound):
        catalogue_entry("collection", "new", kept.visible_at - SECOND)


def test_a_new_collection_may_begin_ahead() -> None:
    friday = ahead(days=2)
    created(effective_from=friday)
    with pytest.raises(NotFound):
        catalogue_entry("collection", "new", friday - SECOND)
    assert title_at(friday, "new") == "New"


def test_a_save_ends_the_version_before() -> None:
    item = a_collection()
    kept = saved(item, titled("Better"))
    (_, _, end), (title, begin, open_end) = timeline(item)
    assert (end, title, begin, open_end) == (kept.visible_at, "Better", kept.visible_at, FAR)


def test_several_versions_may_lie_ahead_and_each_lasts_until_the_next() -> None:
    item = a_collection()
    friday, sunday = ahead(days=5), ahead(days=7)
    saved(item, titled("Sunday"), sunday)
    saved(item, titled("Friday"), friday)
    assert [(title, end) for title, _, end in timeline(item)] == [
        ("First steps", friday),
        ("Friday", sunday),
        ("Sunday", FAR),
    ]


def test_an_urgent_change_lasts_until_the_version_that_was_scheduled_and_starts_from_what_is_public() -> None:
    item = a_collection()
    friday = ahead(days=5)
    saved(item, titled("Friday"), friday)
    saved(item, with_a_title_after("Urgent after {}"))
    assert [(title, end) for title, _, end in timeline(item)][1:] == [
        ("Urgent after First steps", friday),
        ("Friday", FAR),
    ]


def test_what_is_scheduled_starts_from_what_will_be_public_then() -> None:
    item = a_collection()
    saved(item, titled("Friday"), ahead(days=5))
    saved(item, with_a_title_after("Sunday after {}"), ahead(days=7))
    assert timeline(item)[-1][0] == "Sunday after Friday"


def test_a_cancelled_version_leaves_its_time_to_the_one_before() -> None:
    item = a_collection()
    number = saved(item, titled("Friday"), ahead(days=5)).version.number
    saved(item, titled("Sunday"), ahead(days=7))
    cancelled(item, number)
    assert [title for title, _, _ in timeline(item)] == ["First steps", "Sunday"]
    assert timeline(item)[0][2] == timeline(item)[1][1]


def test_a_number_and_a_tag_are_never_given_twice() -> None:
    item = a_collection()
    number = saved(item, titled("Friday"), ahead(days=5)).version.number
    read = tag(item)
    cancelled(item, number)
    again = saved(item, titled("Another Friday"), ahead(days=5))
    assert again.version.number > number
    with pytest.raises(PreconditionFailed):
        actions.cancel_version(item_id=item.pk, number=again.version.number, expected=read, by=None)


def test_a_version_ahead_is_moved_and_changed_by_one_in_its_place() -> None:
    item = a_collection()
    number = saved(item, titled("Friday"), ahead(days=5)).version.number
    sunday = ahead(days=7)
    moved = replaced(item, number, effective_from=sunday)
    changed = replaced(item, moved.version.number, change=titled("Sunday"))
    assert (changed.version.number, changed.version.effective_from) == (number + 2, sunday)
    assert [title for title, _, _ in timeline(item)] == ["First steps", "Sunday"]


def test_replacing_a_version_with_itself_writes_nothing() -> None:
    item = a_collection()
    number = saved(item, titled("Friday"), ahead(days=5)).version.number
    assert replaced(item, number).version is None
    assert AuditEntry.objects.filter(verb="catalogue.save", subject=item.pk).count() == 1


def test_a_save_of_the_same_makes_no_version() -> None:
    item = a_collection()
    assert saved(item, lambda document: document).version is None
    assert item.versions.count() == 1


@pytest.mark.parametrize("verb", [cancelled, replaced])
def test_what_has_begun_is_history(verb: Callable[[CatalogueItem, int], object]) -> None:
    with pytest.raises(WrongState) as caught:
        verb(a_collection(), 1)
    assert caught.value.code == "has_begun"


def test_a_version_that_there_is_not_is_not_found() -> None:
    with pytest.raises(NotFound):
        cancelled(a_collection(), 9)


def test_the_only_version_is_not_cancelled() -> None:
    kept = created(effective_from=ahead(days=2))
    with pytest.raises(WrongState):
        cancelled(kept.item, 1)


def test_two_versions_do_not_begin_at_one_second() -> None:
    item, friday = a_collection(), ahead(days=5)
    saved(item, titled("Friday"), friday)
    with pytest.raises(WrongState) as caught:
        saved(item, titled("Another"), friday)
    assert caught.value.code == "instant_taken"


def test_nothing_begins_in_the_past() -> None:
    with pytest.raises(InvalidContent) as caught:
        saved(a_collection(), titled("Yesterday"), ahead(days=-1))
    assert (caught.value.code, caught.value.errors[0].pointer) == ("invalid_interval", "/effective_from")


def test_an_article_that_is_not_there_or_in_the_bin_is_named_by_its_place(author: User) -> None:
    item, there, binned = a_collection(), an_article(by=author), an_article(by=author, slug="binned")
    actions.delete_draft(article_id=binned.pk, expected=article_tag(binned), by=author, now=clock.now())
    with pytest.raises(InvalidContent) as caught:
        saved(item, holding(there, binned))
    assert [(error.code, error.pointer) for error in caught.value.errors] == [
        ("unknown_article", "/articles/1")
    ]


def test_an_article_that_was_named_before_may_stay_when_it_is_in_the_bin(author: User) -> None:
    binned = an_article(by=author)
    item = a_collection(binned)
    actions.delete_draft(article_id=binned.pk, expected=article_tag(binned), by=author, now=clock.now())
    assert saved(item, titled("Renamed")).version.document["articles"] == [str(binned.pk)]


def test_retiring_ends_what_is_public_and_cancels_what_lies_ahead(travel: Travel) -> None:
    item = a_collection()
    saved(item, titled("Friday"), ahead(days=5))
    before = clock.read_instant()
    kept = retired(item)
    assert timeline(item)[0][2] == kept.visible_at
    assert len(timeline(item)) == 1
    travel(3)
    with pytest.raises(NotFound):
        catalogue_entry("collection", "first-steps", clock.read_instant())
    assert title_at(before) == "First steps"
    with pytest.raises(NotFound):
        saved(item, titled("Again"))


def test_retiring_one_that_never_began_leaves_nothing_public() -> None:
    kept = created(effective_from=ahead(days=2))
    retired(kept.item)
    assert not kept.item.versions.exists()


def test_the_log_is_told_when_each_version_begins_and_never_of_a_cancelled_one(travel: Travel) -> None:
    item = a_collection(a_published_article())
    friday = ahead(days=5)
    number = saved(item, titled("Friday"), friday).version.number
    waiting = PendingChange.objects.get(subject=item.pk)
    assert (waiting.type, waiting.due_at, waiting.version) == ("catalogue.changed", friday, number)
    assert waiting.cache_tags == ["collection", f"collection-{item.pk}"]
    cancelled(item, number)
    assert not PendingChange.objects.filter(subject=item.pk).exists()
    kept = saved(item, titled("Now"))
    travel(3)
    changes.settle(clock.read_instant())
    logged = Change.objects.get(subject=item.pk)
    assert (logged.at, logged.version) == (kept.visible_at, kept.version.number)


def test_every_write_is_in_the_audit(editor: User) -> None:
    kept = actions.create_collection(key="new", content=CONTENT, by=editor)
    number = saved(kept.item, titled("Friday"), ahead(days=5)).version.number
    cancelled(kept.item, number)
    retired(kept.item)
    found = AuditEntry.objects.filter(subject=kept.item.pk).order_by("id").values_list("verb", "detail")
    assert list(found) == [
        ("catalogue.create", {"version": 1}),
        ("catalogue.save", {"version": 2}),
        ("catalogue.cancel", {"cancelled": 2}),
        ("catalogue.retire", {}),
    ]


STEPS = st.lists(
    st.tuples(st.sampled_from(["save", "plan", "plan", "cancel", "move"]), st.integers(1, 9)), max_size=12
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(STEPS)
def test_whatever_is_done_the_versions_cover_every_second_once(steps: list[tuple[str, int]]) -> None:
    """Against a plain model: a dictionary of instants and titles, where each title lasts until the next instant."""
    with transaction.atomic():
        item = a_collection()
        model = {timeline(item)[0][1]: "First steps"}
        for index, (verb, days) in enumerate(steps):
            taken(item, verb, ahead(days=days), f"Title {index}", model)
        begins = sorted(model)
        ends = [*begins[1:], FAR]
        assert timeline(item) == [(model[b], b, e) for b, e in zip(begins, ends, strict=True)]
        transaction.set_rollback(True)


def taken(item: CatalogueItem, verb: str, day: datetime, title: str, model: dict[datetime, str]) -> None:
    planned = item.versions.filter(effective_from__gt=clock.now() + 60 * SECOND).order_by("number").first()
    with suppress(WrongState):  # two at one second
        if verb in ("save", "plan"):
            kept = saved(item, titled(title), day if verb == "plan" else None)
            model[kept.visible_at] = title
        elif planned and verb == "cancel":
            cancelled(item, planned.number)
            del model[planned.effective_from]
        elif planned:
            replaced(item, planned.number, effective_from=day)
            model[day] = model.pop(planned.effective_from)


def test_of_a_failed_save_nothing_is_left() -> None:
    item = a_collection()
    before = timeline(item)
    with pytest.raises(InvalidContent):
        transactions.run(
            lambda: actions.save_collection(
                item_id=item.pk,
                change=lambda document: document | {"articles": ["01890f5e-0000-7000-8000-000000000000"]},
                expected=tag(item),
                by=None,
            )
        )
    assert timeline(item) == before
