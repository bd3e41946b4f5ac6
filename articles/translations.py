"""How far translations lag behind their originals, counted from publications alone.

A translation is behind by the major publications of its original that readers got after the text it was made from.
`docs/translations.md` says it in words.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from articles.models.publication import Publication


@dataclass(frozen=True)
class Step:
    """One publication of an original: when it began, which revision it showed, whether it was a major one."""

    began: datetime
    revision: int
    major: bool


History = Sequence[Step]


def histories(article_ids: Collection[UUID], at: datetime) -> dict[UUID, list[Step]]:
    """What readers got of these articles until `at`, by article. One query, none for no articles."""
    steps: dict[UUID, list[Step]] = defaultdict(list)
    if not article_ids:
        return steps
    rows = Publication.objects.filter(article_id__in=article_ids).begun(at).readable()
    told = rows.values_list("article_id", "effective_from", "revision_number", "state", "update_type")
    for article_id, began, revision, state, update_type in told:
        steps[article_id].append(Step(began, revision, state == "live" and update_type == "major"))
    return steps


def behind(history: History, revision: int) -> int:
    """How many major publications of `history` are newer than the text of `revision`.

    Newer is what began after that revision was last shown. When readers never got it, newer is what shows a revision
    with a higher number.
    """
    shown = max((step.began for step in history if step.revision == revision), default=None)
    if shown is None:
        return sum(step.major and step.revision > revision for step in history)
    return sum(step.major and step.began > shown for step in history)
