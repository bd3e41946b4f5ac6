"""Three-way merge of contents: two edits of one content become one, or a list of the places where a person chooses.

How bodies go together is `bodies`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.diffing.bodies import merge_bodies
from articles.diffing.contents import BODY
from articles.diffing.patching import pointer
from articles.diffing.values import same


class _Absent:
    """A member that an object does not have."""


_ABSENT = _Absent()


@dataclass(frozen=True)
class Conflict:
    """One place that both changed differently: its three texts or values.

    `pointer` (RFC 6901) points into the content. `position`, of a text that is merged by pieces, is the place of
    the first piece in the base's text, from 0. What an object does not have is None.
    """

    pointer: str
    base: Any
    theirs: Any
    yours: Any
    position: int | None = None


@dataclass(frozen=True)
class Merged:
    """`content` has `theirs` wherever there is a conflict; without conflicts it is the merge."""

    content: dict[str, Any]
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not self.conflicts


def merge_contents(
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    yours: Mapping[str, Any],
    *,
    limits: Mapping[str, int] | None = None,
) -> Merged:
    """Merge field by field, objects member by member, the body piece by piece, lists of keys as ordered sets.

    `limits` are the greatest lengths of fields (code points, entries): what would grow beyond is a conflict.
    """
    merge = _Merge(limits or {})
    content = merge.objects((), dict(base), dict(theirs), dict(yours))
    return Merged(content, merge.conflicts)


@dataclass
class _Merge:
    limits: Mapping[str, int]
    conflicts: list[Conflict] = field(default_factory=list)

    def objects(self, path: tuple[str, ...], *sides: dict[str, Any]) -> dict[str, Any]:
        base, theirs, yours = sides
        merged = {
            name: self.values(
                (*path, name), base.get(name, _ABSENT), theirs.get(name, _ABSENT), yours.get(name, _ABSENT)
            )
            for name in {**theirs, **yours, **base}
        }
        return {name: value for name, value in merged.items() if value is not _ABSENT}

    def values(self, path: tuple[str, ...], base: Any, theirs: Any, yours: Any) -> Any:
        if same(yours, base) or same(yours, theirs):
            return theirs
        if same(theirs, base):
            return yours
        if all(isinstance(side, dict) for side in (base, theirs, yours)):
            return self.objects(path, base, theirs, yours)
        if path == (BODY,):
            return self._body(base, theirs, yours)
        keys = _merged_keys(base, theirs, yours) if _are_key_lists(base, theirs, yours) else None
        if keys is None or len(keys) > self.limits.get(path[0], len(keys)):
            return self._conflict(path, base, theirs, yours)
        return keys

    def _body(self, base: str, theirs: str, yours: str) -> str:
        merged, clashes = merge_bodies(base, theirs, yours)
        if len(merged) > self.limits.get(BODY, len(merged)):
            return str(self._conflict((BODY,), base, theirs, yours))
        self.conflicts += [
            Conflict(pointer(BODY), clash.base, clash.theirs, clash.yours, clash.position)
            for clash in clashes
        ]
        return merged

    def _conflict(self, path: tuple[str, ...], *sides: Any) -> Any:
        known = [None if side is _ABSENT else side for side in sides]
        self.conflicts.append(Conflict(pointer(*path), *known))
        return sides[1]


def _are_key_lists(*values: Any) -> bool:
    return all(isinstance(value, list) and all(isinstance(item, str) for item in value) for value in values)


def _merged_keys(base: list[str], theirs: list[str], yours: list[str]) -> list[str] | None:
    """What either took away is gone, what either added is there; None when both put the rest in another order."""
    kept = [key for key in base if key in theirs and key in yours]
    their_order, your_order = ([key for key in side if key in kept] for side in (theirs, yours))
    if kept not in (their_order, your_order) and their_order != your_order:
        return None
    lead, other = (theirs, yours) if your_order == kept else (yours, theirs)
    staying = [key for key in lead if key in kept or key not in base]
    return staying + [key for key in other if key not in base and key not in lead]
