"""A random hand at the desk of one article after another: every verb, and the readings between them."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from articles import actions
from articles.actions.comparing import collision
from articles.actions.rerendering import rerender_stale
from articles.models import CatalogueItem, Publication
from articles.rendering.times import rfc3339
from cms.preconditions import IfMatch
from tests.articles.machine import answers
from tests.articles.machine.hand import SLUGS, Hand
from tests.articles.machine.model import SECOND, Refused, Story
from tests.articles.machine.timeline import Text
from tests.builders import TEXT

TITLES = st.sampled_from(["Sleep", "Rest", "Calm"])
SOON = st.sampled_from([0, 1, 2, 3, 5, 60, 3600, 86400])
WHICH = st.integers(0, 5)
WRITERS = st.sampled_from(["author", "editor", "reviewer"])
ANY = st.booleans()


class Desk(Hand):
    """The verbs of one article, and of the topic that all show."""

    # Writing

    def begin(self, title: str, slug: str, medical: bool, writer: str) -> Story:
        content = {"title": title, "slug": slug, "medical": medical, "topics": ["sleep"]}
        made = actions.create_article(
            kind="page",
            locale="en",
            content=content | {"summary": "What helps.", "body_markdown": TEXT},
            by=self.people[writer],
            now=self.moment(),
        )
        story = Story(made.pk, [Text(1, title, slug, medical, writer)])
        self.model.stories.append(story)
        return story

    @initialize(medical=ANY, public=ANY)
    def two_articles(self, medical: bool, public: bool) -> None:
        self.set_clock()
        first = self.begin("Sleep", "alpha", False, "author")
        self.begin("Rest", "beta", medical, "author")
        if public:
            self.attempt(self.verb(first, actions.publish, revision=1), lambda: self.model.publish(first, 1))
            self.pass_to(self.now + SECOND)

    @precondition(lambda self: len(self.model.stories) < 4)
    @rule(title=TITLES, slug=st.sampled_from(SLUGS), medical=ANY, writer=WRITERS)
    def draft(self, title: str, slug: str, medical: bool, writer: str) -> None:
        self.set_clock()
        self.begin(title, slug, medical, writer)

    @rule(which=WHICH, title=TITLES, slug=st.sampled_from((None, *SLUGS)), writer=WRITERS)
    def edit(self, which: int, title: str, slug: str | None, writer: str) -> None:
        story, patch = self.story(which), {"title": title} | ({"slug": slug} if slug else {})
        self.attempt(
            self.verb(story, actions.save_revision, by=writer, patch=patch, now=self.moment()),
            lambda: self.model.edit(story, writer, **patch),
        )

    @rule(which=WHICH, base=WHICH, title=TITLES, writer=WRITERS)
    def save_late(self, which: int, base: int, title: str, writer: str) -> None:
        """Somebody saves with the tag of an older head: refused, and then saved together with it."""
        story = self.story(which)
        number = base % len(story.texts) + 1
        if number == story.head.number or story.is_binned:
            return
        old, patch = IfMatch((f'"r{number}-1"',)), {"title": title}
        common = {"article_id": story.id, "patch": patch}
        by, now = self.people[writer], self.moment()
        self.attempt(lambda: actions.save_revision(**common, expected=old, by=by, now=now), _stale)
        met = collision(**common, expected=old)
        assert met is not None
        self.attempt(
            lambda: actions.save_merge(collision=met, by=by, now=now),
            lambda: self.model.merge(story, number, writer, title),
        )

    @rule(which=WHICH, number=WHICH, writer=WRITERS)
    def restore(self, which: int, number: int, writer: str) -> None:
        story = self.story(which)
        revision = number % len(story.texts) + 1
        self.attempt(
            self.verb(story, actions.restore_revision, by=writer, revision=revision, now=self.moment()),
            lambda: self.model.restore(story, revision, writer),
        )

    @precondition(lambda self: len(self.model.stories) < 4)
    @rule(which=WHICH)
    def duplicate(self, which: int) -> None:
        story = self.story(which)
        if story.is_binned:
            return
        self.set_clock()
        copy = actions.duplicate_article(article_id=story.id, by=self.people["author"], now=self.moment())
        text = Text(1, story.head.title, "", story.head.medical, "author")
        self.model.stories.append(Story(copy.pk, [text]))

    @rule(which=WHICH)
    def delete(self, which: int) -> None:
        story = self.story(which)
        self.attempt(
            self.verb(story, actions.delete_draft, now=self.moment()), lambda: self.model.delete(story)
        )

    # Reviewing

    @rule(which=WHICH, back=st.sampled_from([0, 0, 1]))
    def send_to_review(self, which: int, back: int) -> None:
        story = self.story(which)
        number = max(1, story.head.number - back)
        self.attempt(
            self.verb(story, actions.request_review, by="author", revision=number, now=self.moment()),
            lambda: self.model.request_review(story, number),
        )

    @rule(which=WHICH, back=st.sampled_from([0, 0, 1]), approves=st.sampled_from([True, True, False]))
    def review(self, which: int, back: int, approves: bool) -> None:
        story = self.story(which)
        number, decision = max(1, story.head.number - back), "approve" if approves else "request_changes"
        how = {"revision": number, "decision": decision, "now": self.moment()}
        code, expected = self.in_time(self.verb(story, actions.review, by="reviewer", **how)), ""
        try:
            self.model.rule(story, number, decision, "reviewer")
        except Refused as refused:
            expected = refused.code
        assert code == expected or self.was_urgent(story)
        self.adopt()

    def was_urgent(self, story: Story) -> bool:
        """What was published past its review does not count as reviewed; the model does not follow that."""
        return any(begin.glass for begin in story.begins)

    # The timeline

    @rule(
        which=WHICH,
        back=st.sampled_from([0, 0, 1]),
        update=st.sampled_from(["major", "major", "minor"]),
        why=WHICH,
    )
    def publish(self, which: int, back: int, update: str, why: int) -> None:
        story = self.story(which)
        number = max(1, story.head.number - back)
        how: dict[str, Any] = {"correction": "A word was wrong."} if why == 1 else {}
        if why == 2 and not story.head.medical:
            how = {"glass": "A number was wrong."}
        sent = {{"glass": "break_glass"}.get(name, name): value for name, value in how.items()}
        self.attempt_on_timeline(
            self.verb(story, actions.publish, revision=number, update_type=update, **sent),
            lambda: self.model.publish(story, number, update=update, **how),
        )

    @rule(
        which=WHICH,
        back=st.sampled_from([0, 0, 1]),
        ahead=SOON,
        lasts=st.sampled_from([None, None, 0, 2, 60, 90000]),
        aligned=ANY,
    )
    def schedule(self, which: int, back: int, ahead: int, lasts: int | None, aligned: bool) -> None:
        story = self.story(which)
        number, starts = max(1, story.head.number - back), self.instant(ahead, aligned)
        until = None if lasts is None else starts + timedelta(seconds=lasts)
        self.attempt_on_timeline(
            self.verb(story, actions.publish, revision=number, effective_from=starts, effective_until=until),
            lambda: self.model.publish(story, number, starts=starts, until=until),
        )

    @precondition(lambda self: any(story.begins for story in self.model.stories))
    @rule(which=WHICH, row=WHICH, ahead=SOON, aligned=ANY)
    def move(self, which: int, row: int, ahead: int, aligned: bool) -> None:
        story, at = self.some_row(which, row)
        starts = self.instant(ahead, aligned)
        self.attempt_on_timeline(
            self.verb(
                story, actions.reschedule, publication_id=self.row_id(story, at), effective_from=starts
            ),
            lambda: self.model.reschedule(story, at, starts=starts),
        )

    @precondition(lambda self: any(story.begins for story in self.model.stories))
    @rule(which=WHICH, row=WHICH, ahead=st.sampled_from([None, 0, 1, 2, 60, 3600, 90000]))
    def end(self, which: int, row: int, ahead: int | None) -> None:
        story, at = self.some_row(which, row)
        until = None if ahead is None else self.now + timedelta(seconds=ahead)
        how = {"publication_id": self.row_id(story, at), "effective_until": until, "keep_end": False}
        self.attempt_on_timeline(
            self.verb(story, actions.reschedule, **how),
            lambda: self.model.reschedule(story, at, end=lambda _: until),
        )

    @precondition(lambda self: any(story.begins for story in self.model.stories))
    @rule(which=WHICH, row=WHICH)
    def cancel(self, which: int, row: int) -> None:
        story, at = self.some_row(which, row)
        self.attempt_on_timeline(
            self.verb(story, actions.cancel, publication_id=self.row_id(story, at)),
            lambda: self.model.cancel(story, at),
        )

    @rule(which=WHICH, how=st.sampled_from(["withdraw", "unpublish", "archive"]))
    def take_down(self, which: int, how: str) -> None:
        story = self.story(which)
        self.attempt_on_timeline(
            self.verb(story, actions.take_down, how=how, explanation="Outdated."),
            lambda: self.model.take_down(story, how),
        )

    def some_row(self, which: int, row: int) -> tuple[Story, datetime]:
        """Of an article that has a timeline, one of its newest rows."""
        stories = [story for story in self.model.stories if story.begins]
        story = stories[which % len(stories)]
        newest = story.rows[-4:]
        return story, newest[row % len(newest)].starts

    def row_id(self, story: Story, at: datetime) -> UUID:
        return Publication.objects.get(article=story.id, effective_from=at).pk

    # The catalogue

    @rule(title=st.sampled_from(["Nights", "Dreams", "Waking"]), follows=st.sampled_from([True, True, False]))
    def rename_the_topic(self, title: str, follows: bool) -> None:
        def save() -> None:
            tag = IfMatch((CatalogueItem.objects.get(pk=self.topic.pk).etag,))
            actions.save_entry(item_id=self.topic.pk, content={"title": {"en": title}}, expected=tag, by=None)

        self.attempt(save, lambda: self.model.rename(title))
        if follows:
            self.attempt_on_timeline(lambda: _whole(rerender_stale(limit=100)), self.model.rerender)

    # Writing without reading

    @rule(
        which=WHICH, verb=st.sampled_from(["save", "publish", "take-down", "restore", "reviews"]), stale=ANY
    )
    def write_carelessly(self, which: int, verb: str, stale: bool) -> None:
        """Without a tag, or with one that is no longer current: refused, and nothing changes."""
        story = self.story(which)
        path, body = f"/api/v1/editorial/articles/{story.id}", _BODIES[verb]
        send = self.api.patch if verb == "save" else self.api.post
        address = path if verb == "save" else f"{path}/{_PLACES.get(verb, verb)}"
        headers = {"If-Match": '"r0-0"'} if stale else {}
        self.set_clock()
        answer = send(address, body, headers=headers)
        expected = (412, "stale") if stale else (428, "precondition_required")
        expected = (404, "not_found") if story.is_binned else expected
        assert (answer.status_code, answer.json()["code"]) == expected

    # Time goes by, and readers read

    @rule(seconds=st.sampled_from([1, 1, 2, 3, 60, 3600, 86400]))
    def wait(self, seconds: int) -> None:
        self.pass_to(self.now + timedelta(seconds=seconds))

    @precondition(lambda self: self.coming())
    @rule()
    def wait_for_what_comes(self) -> None:
        self.pass_to(min(self.coming()))

    def coming(self) -> list[datetime]:
        return [begin.starts for story in self.model.stories for begin in self.model.ahead(story)]

    @rule(which=WHICH)
    def read_now(self, which: int) -> None:
        self.set_clock()
        story = self.story(which)
        self.read_article(story, None)
        self.read_slug(SLUGS[which % len(SLUGS)], None)
        self.read_list(None)

    @rule(which=WHICH, instant=st.integers(0, 30), before=ANY)
    def look_back(self, which: int, instant: int, before: bool) -> None:
        """At an instant at which something began, or a second before it."""
        self.set_clock()
        begun = sorted(
            {row.starts for story in self.model.stories for row in story.rows if row.starts <= self.now}
        )
        at = (begun or [self.now])[instant % max(len(begun), 1)] - (SECOND if before else timedelta(0))
        self.read_article(self.story(which), at)
        self.read_slug(SLUGS[instant % len(SLUGS)], at)
        self.read_list(at)

    @rule(which=WHICH, number=WHICH)
    def read_history(self, which: int, number: int) -> None:
        self.set_clock()
        story = self.story(which)
        path = f"{answers.ARTICLES}/{story.id}"
        found = self.asked(f"{path}/versions")
        assert answers.versions_of(found) == answers.versions(self.model, story)
        one = self.asked(f"{path}/versions/{number + 1}")
        assert answers.said(one) == answers.version(self.model, story, number + 1)
        if (began := answers.mementos(self.model, story)) and not story.suppressed:
            timemap = self.asked(f"{path}/versions?format=link-format").content.decode()
            assert timemap.count("memento") >= len(began)
            assert all(f"at={rfc3339(at)}" in timemap or at_in(timemap, at) for at in began)

    @rule(ahead=st.sampled_from([1, 60, 86400]))
    def nobody_looks_ahead(self, ahead: int) -> None:
        self.set_clock()
        answer = self.asked(answers.ARTICLES, self.now + timedelta(seconds=ahead))
        assert (answer.status_code, json.loads(answer.content)["code"]) == (400, "at_in_future")


_PLACES = {"publish": "publications"}
_BODIES: dict[str, dict[str, Any]] = {
    "save": {"title": "Haste"},
    "publish": {"revision": 1},
    "take-down": {"how": "unpublish"},
    "restore": {"revision": 1},
    "reviews": {"revision": 1, "decision": "approve"},
}


def at_in(timemap: str, at: datetime) -> bool:
    return rfc3339(at).replace(":", "%3A") in timemap


def _whole(batch: actions.Batch) -> None:
    assert (batch.failed, batch.left) == (0, 0), batch


def _stale() -> None:
    raise Refused("stale")
