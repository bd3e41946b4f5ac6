"""What a text rests on: citations that exist, retractions that are named, claims that hold what they say."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from articles.checks.examined import BODY, Examined, Finding
from articles.checks.words import folded
from articles.markdown.plain import block_text
from articles.markdown.tree import own_inlines, walk

DOUBTFUL = frozenset({"withdrawn", "expression-of-concern"})
"""Publication statuses of works that still stand in a list and no longer carry a claim on their own."""


def citations(examined: Examined) -> Iterator[Finding]:
    silent = _cited_silently(examined)
    for key in examined.body.citations:
        entry, line = examined.entries.get(("reference", key)), examined.lines.get(key)
        if entry is None:
            yield Finding("unknown_citation", "error", f"No reference has the key {key}.", BODY, line)
        elif entry.content["publication_status"] == "retracted" and silent[key]:
            message = f"{key} is retracted; the text must say so where it cites it."
            yield Finding("retracted_citation", "warning", message, BODY, line)


def claims(examined: Examined) -> Iterator[Finding]:
    for claim in examined.body.claims:
        keys = claim["references"]
        line = next((examined.lines[key] for key in keys if key in examined.lines), None)
        for key in keys:
            yield from _support(key, _status(examined.entries, key), line)
    if examined.kind == "personal_story" and examined.body.claims:
        yield Finding("claim_in_story", "error", "A personal story makes no claims.", BODY)
    elif examined.body.claims and not examined.content["medical"]:
        message = "The text makes claims, and is not marked medical: nobody is asked to review it."
        yield Finding("claim_not_medical", "warning", message, "/medical")


def _support(key: str, status: str, line: int | None) -> Iterator[Finding]:
    if status == "retracted":
        message = f"A claim rests on {key}, which is retracted."
        yield Finding("claim_on_retracted", "error", message, BODY, line)
    elif status in DOUBTFUL:
        message = f"A claim rests on {key}, whose publication status is {status}."
        yield Finding("claim_on_doubtful", "warning", message, BODY, line)


def _status(entries: Mapping, key: str) -> str:
    entry = entries.get(("reference", key))
    return entry.content["publication_status"] if entry else "unknown"


def _cited_silently(examined: Examined) -> Mapping[str, bool]:
    """By key: whether a paragraph, cell or claim cites it without a word of retraction beside it."""
    silent: dict[str, bool] = defaultdict(bool)
    for block in walk(examined.body.blocks):
        keys = [
            item["key"]
            for inline in own_inlines(block)
            if inline["type"] == "citation"
            for item in inline["items"]
        ]
        keys += [reference["key"] for reference in block.get("references", ())]
        if keys and not any("retract" in folded(word) for word in block_text(block).split()):
            silent.update(dict.fromkeys(keys, True))
    return silent
