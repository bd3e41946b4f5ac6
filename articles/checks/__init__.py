"""Checks of a revision: what stands between it and its readers. Errors block publishing; the rest is advice.

Each check is a small function of an `Examined`, in a module for its family; `docs/checks.md` explains every code.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from articles.checks import consent, dosing, evidence, fields, law, links, notes, safety, wording
from articles.checks.examined import BODY, Examined, Finding

__all__ = ["CHECKS", "MOST_OF_A_CODE", "Examined", "Finding", "findings"]

MOST_OF_A_CODE = 50
"""How many findings of one code are listed. An editor mends those first; an answer stays of a bearable size."""

SEVERITIES = ("error", "warning", "advice")

CHECKS: tuple[Callable[[Examined], Iterator[Finding]], ...] = (
    fields.required,
    fields.entries,
    fields.markdown,
    evidence.citations,
    evidence.claims,
    law.legal_box,
    law.overdue,
    safety.urgency,
    safety.review,
    safety.story,
    consent.consent,
    dosing.amounts,
    links.internal,
    links.sellers,
    wording.promises,
    safety.help_beside_suicide,
    wording.suicide,
    wording.suicide_method,
    wording.substance_use,
    wording.trauma,
    notes.content_notes,
    fields.lengths,
)
"""In the order in which an editor should look at what they find."""


def findings(examined: Examined) -> list[Finding]:
    """Every finding, errors first; of each code at most `MOST_OF_A_CODE`, and a note that there are more."""
    found = list(_bounded(finding for check in CHECKS for finding in check(examined)))
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


def _bounded(found: Iterable[Finding]) -> Iterator[Finding]:
    counts: Counter[str] = Counter()
    for finding in found:
        counts[finding.code] += 1
        if counts[finding.code] <= MOST_OF_A_CODE:
            yield finding
        elif counts[finding.code] == MOST_OF_A_CODE + 1:
            message = f"There are more findings {finding.code} than the {MOST_OF_A_CODE} listed here."
            yield Finding("more_findings", "warning", message, BODY)
