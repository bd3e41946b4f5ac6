"""A builder that keeps a copy of the site by following the log, as docs/synchronising.md tells it to."""

from dataclasses import dataclass, field
from typing import Any

CHANGES = "/api/v1/changes"


@dataclass
class Copy:
    """What is live, as far as it knows: the version of each subject. `settled` are the answers that may rest in caches,
    by the cursor that was asked for.
    """

    api: Any
    limit: int = 100
    known: dict[str, int] = field(default_factory=dict)
    settled: dict[str, bytes] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)
    cursor: str = ""

    def follow(self) -> "Copy":
        """Read on until there is nothing more for now."""
        more = True
        while more:
            answer = self.api.get(CHANGES, {"after": self.cursor, "limit": self.limit})
            assert answer.status_code == 200, answer.content
            page = answer.json()
            for entry in page["changes"]:
                self.apply(entry)
            if answer["Cache-Control"].startswith("public"):
                self.settled[self.cursor] = answer.content
            self.cursor, more = page["cursor"], page["has_more"]
        return self

    def apply(self, entry: dict[str, Any]) -> None:
        self.entries.append(entry)
        kind, _, what = entry["type"].partition(".")
        if kind == "release" or what == "suppressed":
            return
        if what in ("gone", "removed") or entry["version"] is None:
            self.known.pop(entry["subject"], None)
        else:
            self.known[entry["subject"]] = entry["version"]
