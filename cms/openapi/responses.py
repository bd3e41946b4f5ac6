"""Answers as named values, so that a view is decorated in one line: `responses={200: document("Article")}`."""

from collections import defaultdict

from drf_spectacular.utils import OpenApiResponse

from cms.problem_codes import PROBLEM_CODES

PROBLEM_TYPE = "application/problem+json"


def ref(name: str) -> dict[str, str]:
    """A reference to the component `name`."""
    return {"$ref": f"#/components/schemas/{name}"}


def document(name: str, description: str = "") -> OpenApiResponse:
    """One document: the component `name`."""
    return OpenApiResponse(ref(name), description or f"The {words(name)}.")


def listing(name: str, description: str = "") -> OpenApiResponse:
    """A page of a list whose items are the component `name`."""
    schema = {
        "type": "object",
        "required": ["results", "next"],
        "properties": {
            "results": {"type": "array", "items": ref(name)},
            "next": {
                "type": ["string", "null"],
                "format": "uri-reference",
                "description": "The next page; null on the last.",
            },
            "count": {"type": "integer", "minimum": 0, "description": "With `count=true`."},
        },
    }
    return OpenApiResponse(schema, description or f"A page of the list. Each item: {words(name)}.")


def nothing(description: str = "Done. No body.") -> OpenApiResponse:
    """An answer without a body."""
    return OpenApiResponse(None, description)


def not_modified() -> OpenApiResponse:
    """The answer to If-None-Match with the current tag."""
    return OpenApiResponse(None, "What If-None-Match names is still right.")


def problem(*codes: str) -> dict[tuple[str, str], OpenApiResponse]:
    """Problem documents by status, each with the codes it can carry. Raises KeyError for a code that is not listed.

    Meant to be merged: `responses={200: document("Article"), **problem("not_found", "gone")}`.
    """
    by_status: dict[int, list[str]] = defaultdict(list)
    for code in codes:
        by_status[PROBLEM_CODES[code][0]].append(code)
    return {(str(status), PROBLEM_TYPE): _problems(found) for status, found in sorted(by_status.items())}


def words(name: str) -> str:
    """`ReviewRequest` as `review request`."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def _problems(codes: list[str]) -> OpenApiResponse:
    listed = sorted(set(codes))
    sentences = [PROBLEM_CODES[code][2] for code in listed]
    return OpenApiResponse(
        {**ref("Problem"), "properties": {"code": {"enum": listed}}},
        "\n\n".join(f"`{code}`: {sentence}" for code, sentence in zip(listed, sentences, strict=True)),
    )
