"""What delivery answers, in the words of the model: asked of the model, and asked of the API."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from articles.rendering.times import rfc3339
from tests.articles.machine.model import Model, Story
from tests.articles.machine.timeline import FAR, Row

ARTICLES = "/api/v1/articles"


def told(story: Story, row: Row) -> dict[str, Any]:
    """What a document says of one readable row."""
    return {
        "id": str(story.id),
        "version": row.version,
        "revision": row.begin.text.number,
        "title": row.begin.text.title,
        "slug": row.begin.text.slug,
        "medical": row.begin.text.medical,
        "topic": row.begin.topic,
        "published_at": rfc3339(row.published_at),
        "updated_at": rfc3339(row.updated_at),
        "first_published_at": rfc3339(row.first_published_at),
        "is_withdrawn": row.begin.state == "withdrawn",
        "corrections": [list(correction) for correction in row.corrections],
    }


def told_by(document: dict[str, Any]) -> dict[str, Any]:
    """The same of a document, or of a card."""
    names = "id version revision title slug medical published_at updated_at first_published_at".split()
    return {
        **{name: document[name] for name in names},
        "topic": document["topics"][0]["title"],
        "is_withdrawn": document["withdrawal"] is not None,
        "corrections": [
            [told["note"], told["from_version"], told["to_version"]] for told in document["corrections"]
        ],
    }


def article(model: Model, story: Story, at: datetime) -> tuple[Any, ...]:
    return _answer(model, story, story.row_at(at))


def slug(model: Model, name: str, at: datetime) -> tuple[Any, ...]:
    """Today's owner, else where the article is that had it last, else nothing."""
    had = [
        (row, story)
        for story in model.stories
        for row in story.rows
        if row.starts <= at and row.begin.is_readable and row.begin.text.slug == name
    ]
    if not had:
        return (404, "not_found")
    last, story = max(had, key=lambda found: found[0].starts)
    now = story.row_at(at)
    if now is not None and now.begin.is_readable and now is not last and now.begin.text.slug != name:
        return (308, f"{ARTICLES}/{now.begin.text.slug}")
    return _answer(model, story, now)


def listed(model: Model, at: datetime) -> list[dict[str, Any]]:
    """Cards of what is live, newest first."""
    found = [
        (row, story)
        for story in model.stories
        if (row := story.row_at(at)) and row.begin.state == "live" and not is_suppressed(model, story, row)
    ]
    found.sort(key=lambda pair: (pair[0].published_at, pair[1].id.int), reverse=True)
    return [told(story, row) for row, story in found]


def versions(model: Model, story: Story) -> tuple[Any, ...]:
    rows = [row for row in story.rows if row.starts <= model.now]
    if not rows:
        return (404, "not_found")
    return (200, [_version(row, model.now) for row in rows])


def version(model: Model, story: Story, number: int) -> tuple[Any, ...]:
    """The last row that showed it."""
    rows = [row for row in story.rows if row.starts <= model.now and row.version == number]
    return _answer(model, story, rows[-1] if rows else None)


def mementos(model: Model, story: Story) -> list[datetime]:
    return [row.starts for row in story.rows if row.starts <= model.now and row.begin.is_readable]


def is_suppressed(model: Model, story: Story, row: Row) -> bool:
    since = story.suppressed.get(row.begin.text.content)
    return row.begin.is_readable and since is not None and since <= model.now


def _answer(model: Model, story: Story, row: Row | None) -> tuple[Any, ...]:
    if row is None:
        return (404, "not_found")
    if not row.begin.is_readable:
        return (410, row.begin.reason)
    if is_suppressed(model, story, row):
        return (410, "privacy")
    return (200, told(story, row))


def _version(row: Row, now: datetime) -> dict[str, Any]:
    return {
        "version": row.version,
        "revision": row.begin.text.number,
        "state": row.begin.state,
        "update_type": row.begin.update,
        "effective_from": rfc3339(row.starts),
        "effective_until": rfc3339(row.until) if row.until <= now and row.until != FAR else None,
    }


def given(client: Client, address: str, at: datetime | None = None) -> Any:
    """The answer itself."""
    return client.get(f"{address}?{urlencode({'at': rfc3339(at)})}" if at else address)


def said(response: Any) -> tuple[Any, ...]:
    """An article's answer as the model would tell it."""
    if response.status_code == 200:
        return (200, told_by(json.loads(response.content)))
    if response.status_code == 308:
        return (308, response["Location"].partition("?")[0])
    problem = json.loads(response.content)
    return (response.status_code, problem.get("reason") or problem["code"])


def cards_of(response: Any) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.content
    return [told_by(card) for card in json.loads(response.content)["results"]]


def versions_of(response: Any) -> tuple[Any, ...]:
    if response.status_code != 200:
        return said(response)
    names = ("version", "revision", "state", "update_type", "effective_from", "effective_until")
    rows = json.loads(response.content)["results"]
    return (200, [{name: row[name] for name in names} for row in rows])
