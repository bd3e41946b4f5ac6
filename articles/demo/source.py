"""Reading the demonstration's files: YAML and Markdown in, plain values out. Knows no database."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content"

REVIEWED_FOR = timedelta(days=365)
"""How long a review of a medical article is good for."""

_OWN_NAMES = {"further_reading": "references"}
_FIELDS = (
    "title slug summary topics authors medical content_notes urgency legal references related seo comments_policy"
).split()
_LINK = re.compile(r"\(article:([a-z0-9-]+)\)")


@dataclass(frozen=True)
class Version:
    """One published version. `content` is a revision's, but names other articles by their demo key.

    `translated_from` is the revision of its source that a translation caught up with in this version.
    """

    content: Mapping[str, Any]
    published_at: datetime
    reviewed_at: datetime
    update_type: str
    change_note: str
    correction: str
    translated_from: int | None


@dataclass(frozen=True)
class TakenDown:
    """How an article ceased to be live; `alternative` is a demo key."""

    state: str
    at: datetime
    reason: str
    change_note: str
    explanation: str
    alternative: str


@dataclass(frozen=True)
class Article:
    """One article with its past. `draft` is the content of one that was never published, else None."""

    key: str
    kind: str
    locale: str
    translation_of: str | None
    reviewer: str
    versions: tuple[Version, ...]
    taken_down: TakenDown | None
    draft: Mapping[str, Any] | None
    message: str


def articles() -> list[Article]:
    """Every article, by key."""
    return [_article(path.parent, _yaml(path)) for path in sorted(CONTENT.glob("articles/*/meta.yaml"))]


def replies() -> dict[str, list[dict[str, Any]]]:
    """The replies to each article, by its key. Times stay RFC 3339 strings."""
    return {path.stem: _yaml(path) for path in sorted(CONTENT.glob("replies/*.yaml"))}


def rows(name: str) -> list[dict[str, Any]]:
    """The entries of one catalogue file, for instance `topics`."""
    return _yaml(CONTENT / f"{name}.yaml")


def site() -> dict[str, Any]:
    return _yaml(CONTENT / "site.yaml")


def desk() -> dict[str, Any]:
    """What waits on the desk: drafts, and publications that lie ahead."""
    return _yaml(CONTENT / "desk.yaml")


def with_ids(content: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    """The content with demo keys of other articles replaced by their ids. Raises KeyError for an unknown one."""
    body = _LINK.sub(lambda link: f"(article:{ids[link[1]]})", content["body_markdown"])
    return dict(content) | {"body_markdown": body, "related": [ids[key] for key in content["related"]]}


def in_time_order(sources: list[Article]) -> Iterator[tuple[Article, Version]]:
    """Every version of every article as they appeared; of two at one instant, the first of its article leads."""

    def order(pair: tuple[Article, Version]) -> tuple[datetime, bool, str]:
        article, version = pair
        return version.published_at, version is not article.versions[0], article.key

    return iter(
        sorted(((article, version) for article in sources for version in article.versions), key=order)
    )


def _article(folder: Path, meta: dict[str, Any]) -> Article:
    versions = tuple(_version(folder, meta, entry) for entry in meta.get("versions", []))
    return Article(
        key=meta["key"],
        kind=meta["kind"],
        locale=meta["locale"],
        translation_of=meta["translation_of"],
        reviewer=meta["reviewer"],
        versions=versions,
        taken_down=_built(TakenDown, meta.get("taken_down"), "at"),
        draft=None if versions else _content(meta, (folder / "1.md").read_text()),
        message=meta.get("message", ""),
    )


def _version(folder: Path, meta: dict[str, Any], entry: dict[str, Any]) -> Version:
    reviewed_at = datetime.fromisoformat(entry["reviewed_at"])
    content = _content(meta | entry, (folder / entry["file"]).read_text())
    if content["medical"]:
        content["review_due_at"] = f"{reviewed_at + REVIEWED_FOR:%Y-%m-%dT%H:%M:%SZ}"
    return Version(
        content=content,
        published_at=datetime.fromisoformat(entry["published_at"]),
        reviewed_at=reviewed_at,
        update_type=entry["update_type"],
        change_note=entry["change_note"],
        correction=entry.get("correction", ""),
        translated_from=entry.get("translated_from"),
    )


def _content(meta: dict[str, Any], body: str) -> dict[str, Any]:
    named = {_OWN_NAMES.get(name, name): value for name, value in meta.items()}
    return {name: named[name] for name in _FIELDS} | {"extra": named.get("extra", {}), "body_markdown": body}


def _built(shape: Callable[..., Any], values: dict[str, Any] | None, *instants: str) -> Any:
    if values is None:
        return None
    return shape(**(values | {name: datetime.fromisoformat(values[name]) for name in instants}))


def _yaml(path: Path) -> Any:
    return _plain(yaml.safe_load(path.read_text(encoding="utf-8")))


def _plain(value: Any) -> Any:
    """YAML has dates; a document has strings."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
