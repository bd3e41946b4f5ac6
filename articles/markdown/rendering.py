"""`render`: a Markdown source in, everything that a document shows of it out. It knows no database."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from articles.markdown.builder import read
from articles.markdown.directives import CONTENT_NOTE_TYPES
from articles.markdown.identity import fresh_ids
from articles.markdown.inlines import plain_text
from articles.markdown.labels import ENGLISH, Labels
from articles.markdown.markup import HtmlWriter
from articles.markdown.numbering import assign_ids, number
from articles.markdown.plain import block_text, count_words, document_text, reading_minutes
from articles.markdown.problems import Problem, ProblemLog
from articles.markdown.sanitiser import sanitise
from articles.markdown.tree import Block, Inline, own_inlines, walk

_ID = re.compile(r"[a-z][a-z0-9]{0,31}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one source gives.

    `html` is sanitised; `blocks` follow `BLOCK_COMPONENTS`; `outline` has `{id, level, text}` of each heading;
    `citations` are keys in order of first mention, references of claims included; `claims` have
    `{id, text, certainty, population, references}`; `content_notes` are those of all sections at their greatest
    intensity; `article_links` are ids, `external_links` every other target, each once, in order.
    """

    html: str
    blocks: list[Block]
    outline: list[dict[str, Any]]
    text: str
    word_count: int
    reading_minutes: int
    citations: tuple[str, ...]
    claims: list[dict[str, Any]]
    content_notes: list[dict[str, Any]]
    article_links: tuple[str, ...]
    external_links: tuple[str, ...]
    problems: list[Problem]


def render(source: str, *, block_ids: Sequence[str] | None = None, labels: Labels = ENGLISH) -> Rendered:
    """Render a source; `block_ids` are those of `carry_ids`, without them every block gets a new one.

    Raises BodyTooLongError, and ValueError when `block_ids` are not as many as the blocks, repeat or are no ids.
    """
    draft = read(source)
    numbered = number(draft)
    blocks = numbered.blocks
    assign_ids(blocks, fresh_ids(blocks) if block_ids is None else _checked(block_ids, blocks))
    html = _gate(HtmlWriter(labels).write(blocks), blocks, draft.log)
    text = document_text(blocks)
    words = count_words(text)
    articles, others = _links(blocks)
    return Rendered(
        html=html,
        blocks=blocks,
        outline=[_outlined(item) for item in walk(blocks) if item["type"] == "heading"],
        text=text,
        word_count=words,
        reading_minutes=reading_minutes(words),
        citations=numbered.citations,
        claims=[_claim(item) for item in walk(blocks) if item["type"] == "claim"],
        content_notes=_content_notes(blocks),
        article_links=articles,
        external_links=others,
        problems=draft.log.in_order(),
    )


def _checked(ids: Sequence[str], blocks: Sequence[Block]) -> Sequence[str]:
    wanted = sum(1 for _ in walk(blocks))
    if len(ids) != wanted or len(set(ids)) != wanted or not all(map(_ID.fullmatch, ids)):
        raise ValueError(
            f"There are {wanted} blocks: each needs one id of its own, a letter and letters or digits."
        )
    return ids


def _gate(html: str, blocks: Sequence[Block], log: ProblemLog) -> str:
    """Sanitise the whole; only if that changes anything, which is a defect of ours, sanitise every block too."""
    clean = sanitise(html)
    if clean != html:
        log.add("sanitised")
        for item in walk(blocks):
            item["html"] = sanitise(item["html"])
    return clean


def _outlined(heading: Block) -> dict[str, Any]:
    return {"id": heading["id"], "level": heading["level"], "text": plain_text(heading["inlines"])}


def _claim(item: Block) -> dict[str, Any]:
    return {
        "id": item["id"],
        "text": block_text(item),
        "certainty": item["certainty"],
        "population": item["population"],
        "references": [reference["key"] for reference in item["references"]],
    }


def _content_notes(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    strongest: dict[str, int] = {}
    for item in walk(blocks):
        for note in item.get("content_notes", ()):
            strongest[note["type"]] = max(note["intensity"], strongest.get(note["type"], 0))
    return [{"type": kind, "intensity": strongest[kind]} for kind in CONTENT_NOTE_TYPES if kind in strongest]


def _links(blocks: Sequence[Block]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    articles: dict[str, None] = {}
    others: dict[str, None] = {}
    for link in _link_inlines(blocks):
        if "target" in link:
            articles[link["target"]["id"]] = None
        else:
            others[link["href"]] = None
    return tuple(articles), tuple(others)


def _link_inlines(blocks: Sequence[Block]) -> Iterator[Inline]:
    for item in walk(blocks):
        yield from (inline for inline in own_inlines(item) if inline["type"] == "link")
