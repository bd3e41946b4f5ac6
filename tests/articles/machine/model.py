"""What must be served when, and which verb must be refused with which code: the rules as plain Python.

It knows neither the database nor our code. Each verb either changes the model or raises Refused with a code, and
then has changed nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from tests.articles.machine.timeline import Begin, Row, Text, rows_of

SECOND = timedelta(seconds=1)
AFTER = {
    ("withdraw", "live"): "withdrawn",
    ("unpublish", "live"): "gone",
    ("unpublish", "withdrawn"): "gone",
    ("archive", "live"): "gone",
    ("archive", "withdrawn"): "gone",
}


Content = tuple[str, str, bool]


class Refused(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Story:
    """One article. `begins` is its timeline, `rulings` the latest decision on each text and by whom, `suppressed` since
    when a past text is out of reach.
    """

    id: UUID
    texts: list[Text]
    begins: list[Begin] = field(default_factory=list)
    rulings: dict[Content, tuple[str, str]] = field(default_factory=dict)
    suppressed: dict[Content, datetime] = field(default_factory=dict)
    sequence: int = 1
    is_binned: bool = False
    is_archived: bool = False

    @property
    def head(self) -> Text:
        return self.texts[-1]

    @property
    def etag(self) -> str:
        return f'"r{len(self.texts)}-{self.sequence}"'

    @property
    def rows(self) -> list[Row]:
        return rows_of(self.begins)

    def row_at(self, instant: datetime) -> Row | None:
        return next((row for row in self.rows if row.starts <= instant < row.until), None)

    def writers_of_what_changed(self, number: int) -> set[str]:
        public = [begin.text.number for begin in self.begins if begin.text.number < number]
        return {text.writer for text in self.texts[max(public, default=0) : number]}

    def is_approved(self, number: int) -> bool:
        decision, reviewer = self.rulings.get(self.texts[number - 1].content, ("", ""))
        return decision == "approve" and reviewer not in self.writers_of_what_changed(number)


@dataclass
class Model:
    """All articles, the one topic that they show, and the second it is."""

    now: datetime
    topic: str
    topic_since: datetime
    stories: list[Story] = field(default_factory=list)
    acts: int = 0

    @property
    def stamp(self) -> datetime:
        """When something done now begins."""
        return self.now + SECOND

    def act(self) -> int:
        self.acts += 1
        return self.acts

    # Writing

    def edit(self, story: Story, writer: str, **changes: object) -> None:
        _require_there(story)
        changed = replace(story.head, number=len(story.texts) + 1, writer=writer, **changes)  # type: ignore[arg-type]  # fields of Text
        self.append(story, changed)

    def append(self, story: Story, text: Text) -> None:
        if text.content == story.head.content:
            return
        story.texts.append(text)
        story.is_archived = False
        story.sequence += 1

    def merge(self, story: Story, base: int, writer: str, title: str) -> None:
        """A title typed on an old revision, saved together with the head."""
        theirs, before = story.head.title, story.texts[base - 1].title
        if title not in (before, theirs) and theirs != before:
            raise Refused("merge_conflicts")
        self.edit(story, writer, title=title if theirs == before else theirs)

    def restore(self, story: Story, number: int, writer: str) -> None:
        _require_there(story)
        old = story.texts[number - 1]
        if old.content == story.head.content:
            raise Refused("already_the_head")
        self.append(story, replace(old, number=len(story.texts) + 1, writer=writer))

    def delete(self, story: Story) -> None:
        _require_there(story)
        if story.begins:
            raise Refused("was_public")
        story.is_binned = True
        story.sequence += 1

    def request_review(self, story: Story, number: int) -> None:
        _require_there(story)
        if number != story.head.number:
            raise Refused("not_the_head")
        story.sequence += 1

    def rule(self, story: Story, number: int, decision: str, reviewer: str) -> None:
        _require_there(story)
        if reviewer in story.writers_of_what_changed(number):
            raise Refused("reviewer_is_author")
        story.rulings[story.texts[number - 1].content] = (decision, reviewer)
        story.sequence += 1

    # The timeline

    def ahead(self, story: Story) -> list[Begin]:
        return [begin for begin in story.begins if begin.starts > self.now]

    def publish(
        self,
        story: Story,
        number: int,
        *,
        starts: datetime | None = None,
        until: datetime | None = None,
        update: str = "major",
        correction: str = "",
        glass: str = "",
    ) -> None:
        _require_there(story)
        text, later = story.texts[number - 1], self.ahead(story)
        begins_at = self._start(later, starts)
        if text.content in story.suppressed:
            raise Refused("text_suppressed")
        if not text.slug:
            raise Refused("checks_failed")
        before = [begin for begin in story.begins if begin.starts < begins_at]
        if correction and not before:
            raise Refused("invalid")
        if update == "minor":
            _require_something_to_update(before)
        elif text.medical and not story.is_approved(number) and not glass:
            raise Refused("not_approved")
        begun = Begin(begins_at, "live", text, update, self.act(), self.topic, "", correction, glass)
        later.append(begun)
        self.lay(story, self._ended(later, begun, until), meant=begun)
        story.is_archived = False

    def reschedule(
        self,
        story: Story,
        at: datetime,
        *,
        starts: datetime | None = None,
        end: Callable[[datetime], datetime | None] | None = None,
    ) -> None:
        """Move the row that begins at `at`; `end` gives its new end, and without it the end stays."""
        _require_there(story)
        row, later = self._movable(story, at), self.ahead(story)
        expiry = self._expiry_of(later, row)
        moved = row.begin
        if starts is not None:
            if row.starts <= self.now:
                raise Refused("has_begun")
            later = [begin for begin in later if begin != moved and not _renders(begin, row)]
            moved = replace(moved, starts=self._start(later, starts))
            later.append(moved)
        if end is not None:
            later = [begin for begin in later if begin != expiry]
            later = self._ended(later, moved, end(moved.starts))
        elif expiry and expiry.starts <= moved.starts:
            raise Refused("invalid_interval")
        if moved.state == "gone" and _first(story, self.now, later) is moved:
            raise Refused("invalid_interval")
        self.lay(story, later)

    def cancel(self, story: Story, at: datetime) -> None:
        _require_there(story)
        row, later = self._movable(story, at), self.ahead(story)
        if row.starts <= self.now:
            raise Refused("has_begun")
        expiry = self._expiry_of(later, row)
        dropped = [row.begin, expiry, *(begin for begin in later if _renders(begin, row))]
        self.lay(story, [begin for begin in later if begin not in dropped])

    def take_down(self, story: Story, how: str) -> None:
        _require_there(story)
        later = self.ahead(story)
        starts = self._free(later)
        known = [begin for begin in story.begins if begin.starts < starts]
        before = max(known, key=lambda begin: begin.starts, default=None)
        state = AFTER.get((how, before.state)) if before else None
        if before is None or state is None:
            raise Refused("not_public")
        if state == "gone":
            later = [begin for begin in later if begin.starts < starts]
        glass = before.glass if state == "withdrawn" else ""
        down = Begin(starts, state, before.text, "minor", self.act(), self.topic, "editorial", "", glass)
        self.lay(story, [*later, down])
        story.is_archived = story.is_archived or how == "archive"

    def lay(self, story: Story, later: list[Begin], meant: Begin | None = None) -> None:
        """What lies ahead becomes `later`, all of it rendered now. Raises Refused for a slug that is taken."""
        begun = [begin for begin in story.begins if begin.starts <= self.now]
        later = _settled(begun, later, meant)
        self._set(story, begun, later)
        story.sequence += 1

    def _set(self, story: Story, begun: list[Begin], later: list[Begin]) -> None:
        order = sorted(later, key=lambda begin: begin.starts)
        while not begun and order and not order[0].is_readable:
            order.pop(0)
        anew = [*begun, *(replace(begin, topic=self.topic) for begin in order)]
        if self._takes_a_slug(story, anew):
            raise Refused("slug_taken")
        story.begins = anew

    def _takes_a_slug(self, story: Story, begins: list[Begin]) -> bool:
        mine = [row for row in rows_of(begins) if row.begin.is_readable]
        theirs = [row for other in self.stories if other is not story for row in other.rows]
        return any(
            one.begin.text.slug == other.begin.text.slug
            and one.starts < other.until
            and other.starts < one.until
            for one in mine
            for other in theirs
            if other.begin.is_readable
        )

    def _start(self, later: list[Begin], starts: datetime | None) -> datetime:
        if starts is None:
            return self._free(later)
        if starts < self.stamp:
            raise Refused("invalid_interval")
        if any(begin.starts == starts for begin in later):
            raise Refused("instant_taken")
        return starts

    def _free(self, later: list[Begin]) -> datetime:
        taken, instant = {begin.starts for begin in later}, self.stamp
        while instant in taken:
            instant += SECOND
        return instant

    def _ended(self, later: list[Begin], begun: Begin, until: datetime | None) -> list[Begin]:
        if until is None:
            return later
        if until <= begun.starts or until < self.stamp:
            raise Refused("invalid_interval")
        if any(begun.starts < begin.starts <= until for begin in later):
            return later
        return [
            *later,
            replace(
                begun, starts=until, state="gone", update="minor", reason="expired", correction="", glass=""
            ),
        ]

    def _movable(self, story: Story, at: datetime) -> Row:
        row = next(row for row in story.rows if row.starts == at)
        if row.until <= self.now:
            raise Refused("has_ended")
        return row

    def _expiry_of(self, later: list[Begin], row: Row) -> Begin | None:
        """The end that was made with a publication, if that is how it ends."""
        for begin in later:
            if begin.reason == "expired" and begin.made == row.begin.made and begin.starts == row.until:
                return begin
        return None

    # The catalogue

    def rename(self, topic: str) -> None:
        if topic == self.topic:
            return
        if self.topic_since >= self.stamp:
            raise Refused("not_begun")
        self.topic, self.topic_since = topic, self.stamp

    def rerender(self) -> None:
        """Every article that still shows an old name when a stamp made now has come is rendered anew."""
        for story in self.stories:
            lagging = [
                row for row in story.rows if row.until > self.stamp + SECOND and self._is_old(row.begin)
            ]
            if lagging:
                self._rerender(story)

    def _rerender(self, story: Story) -> None:
        begun, later = [begin for begin in story.begins if begin.starts <= self.now], self.ahead(story)
        current = story.rows[len(begun) - 1] if begun else None
        if current and self._is_old(current.begin) and current.until > self.stamp:
            later = [replace(current.begin, starts=self.stamp, update="rerender", correction=""), *later]
        self._set(story, begun, later)

    def _is_old(self, begin: Begin) -> bool:
        return begin.is_readable and begin.topic != self.topic


def _settled(begun: list[Begin], later: list[Begin], meant: Begin | None) -> list[Begin]:
    """A minor update of nothing that is readable is none: it does not stay, nor the end that was made with it."""
    for begin in sorted(later, key=lambda each: each.starts):
        if begin.update != "minor" or begin.state != "live" or begin not in later:
            continue
        try:
            _require_something_to_update([each for each in (*begun, *later) if each.starts < begin.starts])
        except Refused:
            if begin == meant:
                raise
            after = sorted(
                (each for each in later if each.starts > begin.starts), key=lambda each: each.starts
            )
            ends = after[:1] if after and after[0].reason == "expired" and after[0].made == begin.made else []
            later = [each for each in later if each != begin and each not in ends]
    return later


def _require_something_to_update(before: list[Begin]) -> None:
    if not before or not max(before, key=lambda begin: begin.starts).is_readable:
        raise Refused("not_minor")


def _renders(begin: Begin, row: Row) -> bool:
    return begin.update == "rerender" and begin.made == row.begin.made


def _require_there(story: Story) -> None:
    if story.is_binned:
        raise Refused("not_found")


def _first(story: Story, now: datetime, later: list[Begin]) -> Begin | None:
    if any(begin.starts <= now for begin in story.begins):
        return None
    return min(later, key=lambda begin: begin.starts, default=None)
