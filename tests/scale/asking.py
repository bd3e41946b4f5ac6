"""One thing that is asked of a large site, and the statements that it comes to."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.scale.explaining import Statement, heard, statements


@dataclass(frozen=True)
class Hot:
    """One address; `token` of whom only some people may ask it. `sorts`: the few rows that it may sort; `whole`:
    the tables that it may read whole.
    """

    name: str
    path: str
    token: str | None = None
    sorts: str = ""
    method: str = "GET"
    whole: str = ""

    def sent(self) -> list[Statement]:
        return statements(self.path, self.token, self.method)


@dataclass(frozen=True)
class Round:
    """Work that a worker does over and over. `whole`: the tables that it may walk from one end to the other."""

    name: str
    work: Callable[[], object]
    sorts: str = ""
    path: str = ""
    whole: str = ""

    def sent(self) -> list[Statement]:
        return heard(self.work)
