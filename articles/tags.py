"""The cache tags of what readers get of articles: on answers, in the change log, and in a full read of it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID


def tags_of(article_id: UUID, locale: str, topics: Iterable[object], people: Iterable[object]) -> set[str]:
    """`article-{id}`, `list-{locale}`, and one tag for each topic and person that the document shows, by id."""
    tags = {f"article-{article_id}", f"list-{locale}"}
    return (
        tags | {f"topic-{topic_id}" for topic_id in topics} | {f"person-{person_id}" for person_id in people}
    )


def tags_of_entry(kind: str, item_id: Any) -> list[str]:
    """An entry of the catalogue: its list, and itself."""
    return [kind, f"{kind}-{item_id}"]
