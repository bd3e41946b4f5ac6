"""Facts to render, with nothing read from a database."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from articles.content import complete
from articles.markdown import carry_ids
from articles.rendering import Entry, Facts, Reviewed

BODY = """## What is known

One study compared two groups [@one2020].

::: claim certainty=low population="adults" refs=one2020
People improved in both groups.
:::

::::: section notes=violence:2 summary="What happened, in one sentence."
Something happened </script> here.
:::::
"""

TOPIC = Entry(
    "0190e0a0-0000-7000-8000-000000000001", "topic", "ptsd", 2, {"title": {"en": "PTSD", "fr": "TSPT"}}
)
AUTHOR = Entry("0190e0a0-0000-7000-8000-000000000002", "person", "ann", 1, {"name": "Ann", "invented": True})
REVIEWER = Entry(
    "0190e0a0-0000-7000-8000-000000000003", "person", "dr-bo", 1, {"name": "Dr Bo", "invented": True}
)
REFERENCE = Entry(
    "0190e0a0-0000-7000-8000-000000000004",
    "reference",
    "one2020",
    1,
    {
        "csl": {
            "type": "article-journal",
            "title": "One study",
            "author": [{"family": "One", "given": "Una"}],
            "issued": {"date-parts": [[2020]]},
            "DOI": "10.1000/182",
            "container-title": "A Journal",
        },
        "publication_status": "current",
    },
)
LEGAL = Entry(
    "0190e0a0-0000-7000-8000-000000000005",
    "legal_status",
    "xx-mdma",
    1,
    {
        "substance": "mdma",
        "jurisdiction": "XX",
        "status": "Controlled",
        "summary": "It is controlled.",
        "as_of": "2026-01-01",
    },
)


def facts(*, body: str = BODY, medical: bool = True, **changes: Any) -> Facts:
    """A reviewed medical article, unless changed."""
    content = complete(
        {
            "title": "A </script> title",
            "slug": "a-title",
            "summary": "What <b>is</b> known.",
            "body_markdown": body,
            "topics": ["ptsd"],
            "authors": ["ann"],
            "legal": ["xx-mdma"],
            "medical": medical,
            "content_notes": [{"type": "violence", "intensity": 1}],
            "urgency": [{"level": "urgent", "text": "Call somebody."}],
        }
    )
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    made = Facts(
        article_id="0190e0a0-0000-7000-8000-00000000000a",
        kind="article",
        locale="en",
        revision=3,
        version=2,
        content=content,
        block_ids=carry_ids(body, previous_source=None, previous_ids=()),
        published_at=at,
        updated_at=at,
        first_published_at=at,
        entries={(entry.kind, entry.key): entry for entry in (TOPIC, AUTHOR, REFERENCE, LEGAL)},
        reviewed=Reviewed(at, REVIEWER, 2),
        review_status="current",
        site_name="A magazine",
        public_url="https://api.example.org",
        disclaimer="This is no advice.",
    )
    return replace(made, **changes)
