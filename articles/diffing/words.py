"""Two texts compared by words; beyond the budget the answer is coarser and says so."""

import re
from collections.abc import Sequence
from typing import Any

from articles.diffing.sequences import Budget, common_runs

_TOKENS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")  # a word with the space behind it: fewer, more telling tokens

Op = dict[str, str]


def diff_words(before: str, after: str, budget: Budget | None = None) -> dict[str, Any]:
    """`{"granularity": "word"|"block", "ops": [{"op": "equal"|"delete"|"insert", "text": …}]}`.

    The texts of equal and delete make `before`, those of equal and insert make `after`.
    """
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    runs, exact = common_runs(old, new, Budget() if budget is None else budget)
    ops: list[Op] = []
    i = j = 0
    for start, other, size in [*runs, (len(old), len(new), 0)]:
        ops += [
            _op("delete", old[i:start]),
            _op("insert", new[j:other]),
            _op("equal", old[start : start + size]),
        ]
        i, j = start + size, other + size
    return {"granularity": "word" if exact else "block", "ops": _joined(ops)}


def _op(kind: str, tokens: Sequence[str]) -> Op:
    return {"op": kind, "text": "".join(tokens)}


def _joined(ops: Sequence[Op]) -> list[Op]:
    """No empty operations, and neighbours of one kind as one."""
    joined: list[Op] = []
    for op in ops:
        if not op["text"]:
            continue
        if joined and joined[-1]["op"] == op["op"]:
            joined[-1] = {"op": op["op"], "text": joined[-1]["text"] + op["text"]}
        else:
            joined.append(op)
    return joined
