"""The cache tags of what readers get of articles: on answers, in the change log, and in a full read of it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID


def tags_of(article_id: UUID, locale: str, topics: Iterable[object], people: Iterable[object]) -> set[str]:
    """`article-{id}`, the lists that it may stand in, and one tag for each topic and person that its document shows."""
    tags = {f"article-{article_id}", tag_of_list(locale), tag_of_list(None)}
    return (
        tags | {f"topic-{topic_id}" for topic_id in topics} | {f"person-{person_id}" for person_id in people}
    )


def tag_of_list(locale: str | None) -> str:
    """What is made of the articles of one locale, or (None) of all."""
    return f"list-{locale}" if locale else "list"


def tags_of_entry(kind: str, item_id: Any) -> list[str]:
    """An entry of the catalogue: its list, and itself."""
    return [kind, f"{kind}-{item_id}"]
