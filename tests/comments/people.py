"""What readers of these tests type, and how their requests look."""

from typing import Any

from comments.actions import Words

NOBODY = "0" * 64
"""The digest of an address that no test compares."""

FORM = {
    "author_name": "Pieter van Dam",
    "author_email": "pieter@example.org",
    "text": "Thank you. Reading this *slowly* helped.",
}


def form(**changes: Any) -> dict[str, Any]:
    """A reply as a frontend sends it; a change to None leaves the field out."""
    merged = FORM | changes
    return {name: value for name, value in merged.items() if value is not None}


def words(text: str, **typed: str) -> Words:
    return Words(
        author_name=typed.get("author_name", "Pieter van Dam"),
        author_website=typed.get("author_website", ""),
        text=text,
        display_as=typed.get("display_as", "name"),
    )


def thread_url(article: Any) -> str:
    return f"/api/v1/articles/{article.pk}/comments"


def own(token: str) -> dict[str, str]:
    """Headers of whoever holds an author's token."""
    return {"Authorization": f"Bearer {token}"}


def texts(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [reply["text"] for reply in response.json()["results"]]


def walk(api: Any, url: str) -> list[str]:
    """The texts of every page in turn."""
    found: list[str] = []
    while url:
        response = api.get(url)
        found += texts(response)
        url = response.json()["next"]
        assert (f'<{url}>; rel="next"' == response.get("Link")) if url else ("Link" not in response)
    return found
