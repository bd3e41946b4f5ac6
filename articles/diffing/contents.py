"""Two contents compared: field by field, and the body block by block."""

from collections.abc import Mapping, Sequence
from typing import Any

from articles.diffing.blocks import Block, Shown, as_source, is_equal, with_ids_of
from articles.diffing.sequences import Budget, moved_places
from articles.diffing.values import same
from articles.diffing.words import diff_words

BODY = "body_markdown"
Entry = dict[str, Any]


def diff_contents(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    blocks: tuple[Sequence[Block], Sequence[Block]],
    *,
    shown: Shown = as_source,
    budget: Budget | None = None,
) -> dict[str, Any]:
    """`{"identical", "granularity", "fields": [...], "blocks": [...]}`: only what differs.

    `blocks` are the top-level blocks of both bodies: equal ids mean one block, and without them likeness does;
    `shown` gives the text of one. A field is `{field, before, after}`, a text's with `words`, a list's with `added`,
    `removed`, `changed` and `moved`. A block is `{change: added|removed|changed|moved, id, type, before_position,
    after_position, before, after}`, with `words` when it was changed. `granularity` is `block` where a text was too
    long to be compared by words.
    """
    budget = Budget() if budget is None else budget
    changed = _blocks(*blocks, shown, budget)
    names = [name for name in {**before, **after} if not same(before.get(name), after.get(name))]
    fields = [
        _field(name, before.get(name), after.get(name), budget)
        for name in names
        if name != BODY
        or not changed  # the blocks say it; without them, only signs between the blocks differ
    ]
    coarse = any(entry.get("words", {}).get("granularity") == "block" for entry in (*fields, *changed))
    return {
        "identical": not fields and not changed,
        "granularity": "block" if coarse else "word",
        "fields": fields,
        "blocks": changed,
    }


def _field(name: str, old: Any, new: Any, budget: Budget) -> Entry:
    entry = {"field": name, "before": old, "after": new}
    if isinstance(old, str) and isinstance(new, str):
        entry["words"] = diff_words(old, new, budget)
    elif isinstance(old, list) and isinstance(new, list):
        entry |= _list(old, new)
    return entry


def _list(old: list[Any], new: list[Any]) -> Entry:
    """Items are told apart by what names them: an id, a key, a type, or their whole value."""
    befores, afters = ({_name(item): item for item in items} for items in (old, new))
    kept = [name for name in befores if name in afters]
    order = {name: place for place, name in enumerate(afters)}
    moved = moved_places([order[name] for name in kept])
    return {
        "added": [item for name, item in afters.items() if name not in befores],
        "removed": [item for name, item in befores.items() if name not in afters],
        "changed": [
            {"before": befores[name], "after": afters[name]}
            for name in kept
            if not same(befores[name], afters[name])
        ],
        "moved": [afters[name] for name in kept if order[name] in moved],
    }


def _name(item: Any) -> str:
    if isinstance(item, Mapping):
        return next((str(item[name]) for name in ("id", "key", "type") if name in item), str(item))
    return str(item)


def _blocks(old: Sequence[Block], new: Sequence[Block], shown: Shown, budget: Budget) -> list[Entry]:
    """In the order of the newer body; what was removed stands about where it stood."""
    old = with_ids_of(new, old)
    befores = {block["id"]: place for place, block in enumerate(old)}
    afters = {block["id"]: place for place, block in enumerate(new)}
    moved = moved_places([befores[block["id"]] for block in new if block["id"] in befores])
    found = [
        {"change": "removed", **_placed(block, place, None), "before": shown(block)}
        for place, block in enumerate(old)
        if block["id"] not in afters
    ]
    for place, block in enumerate(new):
        origin = befores.get(block["id"])
        if origin is None:
            found.append({"change": "added", **_placed(block, None, place), "after": shown(block)})
        elif not is_equal(old[origin], block):
            words = _words(old[origin], block, shown, budget)
            found.append({"change": "changed", **_placed(block, origin, place), **words})
        elif origin in moved:
            found.append({"change": "moved", **_placed(block, origin, place), "after": shown(block)})
    return sorted(found, key=_place)


def _place(entry: Entry) -> int:
    place = entry["before_position"] if entry["after_position"] is None else entry["after_position"]
    return int(place)


def _placed(block: Block, before: int | None, after: int | None) -> Entry:
    return {"id": block["id"], "type": block["type"], "before_position": before, "after_position": after}


def _words(old: Block, new: Block, shown: Shown, budget: Budget) -> Entry:
    before, after = shown(old), shown(new)
    if before == after:  # a link's target, a claim's certainty: what the text does not say, the source does
        before, after = as_source(old), as_source(new)
    return {"before": before, "after": after, "words": diff_words(before, after, budget)}
