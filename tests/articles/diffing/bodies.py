"""Bodies and contents for comparisons, with the ids that blocks carry from one version to the next."""

from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from articles.diffing import Block, blocks_of
from articles.markdown import carry_ids

STEADY = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
"""How properties are tried: what a busy machine does to the clock fails nothing."""

WORDS = st.sampled_from(
    "sleep after trauma often changes night rest helps slowly body mind care people".split()
)
PARAGRAPHS = st.lists(WORDS, min_size=3, max_size=9).map(" ".join)


def bodies(*, min_size: int = 0, max_size: int = 6) -> st.SearchStrategy[list[str]]:
    """The paragraphs of a body, no two alike."""
    return st.lists(PARAGRAPHS, min_size=min_size, max_size=max_size, unique=True)


def source(paragraphs: Sequence[str]) -> str:
    return "".join(f"{paragraph}\n\n" for paragraph in paragraphs).rstrip("\n") + "\n" if paragraphs else ""


def content(body: str = "", **fields: Any) -> dict[str, Any]:
    return {"title": "", "body_markdown": body, "topics": [], "seo": {}, "extra": {}, **fields}


def pair(old: str, new: str) -> tuple[list[Block], list[Block]]:
    """The blocks of two versions of a body, the second with the ids of the first where they live on."""
    before = carry_ids(old, previous_source=None, previous_ids=())
    after = carry_ids(new, previous_source=old, previous_ids=before)
    return blocks_of(old, before), blocks_of(new, after)
