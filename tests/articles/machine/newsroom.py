"""The same hand with what concerns several articles or the past itself: releases, and texts that are suppressed."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from articles.actions.releases.drafting import create_release
from articles.actions.releases.rolling_back import roll_back
from articles.actions.releases.scheduling import cancel_release, schedule_release
from articles.actions.releases.states import state_of
from articles.actions.suppressing import ask_for_suppression, confirm_suppression
from articles.models import Publication, Release, Suppression
from cms import clock
from cms.preconditions import IfMatch
from tests.articles.machine.machine import ANY, SOON, WHICH, Desk
from tests.articles.machine.model import SECOND, Refused, Story
from tests.articles.machine.timeline import Row

ITEMS = st.lists(st.sampled_from(["publish", "publish", "withdraw", "unpublish"]), min_size=1, max_size=2)


class Newsroom(Desk):
    """Releases are judged by what they must be: all or none, at one instant; the model takes over what they lay down."""

    def is_release_ahead(self) -> bool:
        return any(release.effective_from > self.now for release in scheduled())

    @rule(which=WHICH, verbs=ITEMS, ahead=SOON, aligned=ANY)
    def release(self, which: int, verbs: list[str], ahead: int, aligned: bool) -> None:
        """Begin one and schedule it; what cannot begin is refused whole."""
        self.set_clock()
        items = [self.item(self.story(which + place), verb) for place, verb in enumerate(verbs)]
        if any(story.is_binned for story in self.model.stories):
            return
        made = create_release(name="Spring", by=self.people["editor"], now=self.moment(), items=items)
        starts = self.instant(ahead, aligned)
        code = self.in_time(
            lambda: schedule_release(
                release_id=made.pk,
                expected=IfMatch((made.etag,)),
                by=self.people["editor"],
                effective_from=starts,
            )
        )
        assert (code == "invalid_interval") == (starts <= self.now), code
        assert code in ("", "invalid_interval", "release_invalid"), code
        self.adopt()

    def item(self, story: Story, verb: str) -> dict[str, Any]:
        words = {"revision": story.head.number} if verb == "publish" else {"explanation": "Outdated."}
        return {"article": story.id, "verb": verb, **words}

    @precondition(lambda self: self.is_release_ahead())
    @rule()
    def cancel_the_release(self) -> None:
        release = next(release for release in scheduled() if release.effective_from > self.now)
        expected = IfMatch((release.etag,))
        by = self.people["editor"]
        assert self.in_time(lambda: cancel_release(release_id=release.pk, expected=expected, by=by)) == ""
        self.adopt()

    @precondition(lambda self: scheduled())
    @rule(which=WHICH)
    def roll_the_release_back(self, which: int) -> None:
        releases = scheduled()
        release = releases[which % len(releases)]
        by, expected = self.people["editor"], IfMatch((release.etag,))
        code = self.in_time(lambda: roll_back(release_id=release.pk, expected=expected, by=by))
        begun = release.effective_from <= self.now
        refusals = ("", "release_invalid", "changed_since", "rolled_back")
        assert code in refusals if begun else code == "release_not_begun", code
        self.adopt()

    @invariant()
    def a_release_begins_whole_or_not_at_all(self) -> None:
        for release in Release.objects.prefetch_related("items"):
            rows = Publication.objects.filter(pk__in=[item.publication_id for item in release.items.all()])
            if release.state == "scheduled":
                assert {row.effective_from for row in rows} == {release.effective_from}
                assert len(rows) == release.items.count()
            ahead = Publication.objects.filter(release=release, effective_from__gt=self.now)
            assert release.state == "scheduled" or not ahead.exists()

    # The past itself

    @precondition(
        lambda self: not self.is_release_ahead() and any(story.begins for story in self.model.stories)
    )
    @rule(which=WHICH, row=WHICH, confirmed=st.sampled_from([True, True, False]))
    def suppress(self, which: int, row: int, confirmed: bool) -> None:
        """One person asks for it, and a second one puts it in force; then every reader is refused that text."""
        story, at = self.some_row(which, row)
        begun = next(each for each in story.rows if each.starts == at)
        asked = self.verb(
            story,
            ask_for_suppression,
            publication_id=self.row_id(story, at),
            reason="privacy",
            now=self.moment(),
        )
        if self.attempt(asked, lambda: self.asked_for(story, begun)) and confirmed:
            found = Suppression.objects.get(article=story.id, confirmed_at=None)
            self.attempt(
                self.verb(story, confirm_suppression, by="editor", suppression_id=found.pk),
                lambda: self.second_person_needed(),
            )
            self.attempt(
                self.verb(story, confirm_suppression, by="author", suppression_id=found.pk),
                lambda: self.suppressed(story, begun),
            )

    def asked_for(self, story: Story, row: Row) -> None:
        if not row.begin.is_readable:
            raise Refused("wrong_state")
        text = row.begin.text.content
        same = [each for each in story.rows if each.begin.is_readable and each.begin.text.content == text]
        if any(each.until > self.now for each in same):
            raise Refused("still_public")
        if text in self.asked_of.setdefault(story.id, set()):
            raise Refused("already_suppressed")
        self.asked_of[story.id].add(text)
        story.sequence += 1

    def second_person_needed(self) -> None:
        raise Refused("second_person_needed")

    def suppressed(self, story: Story, row: Row) -> None:
        """In force a second later, for which whoever confirmed it waits."""
        story.sequence += 1
        story.suppressed[row.begin.text.content] = self.now + SECOND
        self.pass_to(self.now + SECOND)
        self.seen.clear()

    def __init__(self) -> None:
        super().__init__()
        self.asked_of: dict[Any, set[tuple[str, str, bool]]] = {}


def scheduled() -> list[Release]:
    """Releases that will begin, or have."""
    return [
        release
        for release in Release.objects.order_by("created_at", "id")
        if state_of(release, clock.now()) in ("scheduled", "released") and release.effective_from
    ]
