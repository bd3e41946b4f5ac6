"""What a view says of itself, read by the schema and by the page alike. Imports no framework.

A view may declare `verbs`, `parameters`, `input_serializers` (method to class), `preconditions` (methods that need
If-Match) and `security_schemes`; for its page `form_titles` and `form_notes` (method to words) and the hooks
`form_initial(request)`, `form_if_match(request)`, `form_methods(request)` and `page_parts(request, value)`: the
template that shows the answer in words (`own_template`), with what it needs.
"""

from typing import Any


def is_editorial(view: Any) -> bool:
    """Whether the view belongs to the signed-in surface, which is told by its table of verbs."""
    return hasattr(view, "verbs")


def needs_if_match(view: Any, method: str, *, nested: bool) -> bool:
    """Whether `method` changes something existing: what the view lists in `preconditions`, else by its surface.

    On the desk everything but a read does, save a POST to an address that is not `nested` beneath an id: that begins
    something new.
    """
    listed = getattr(view, "preconditions", None)
    if listed is not None:
        return method in listed
    return is_editorial(view) and (method in ("PUT", "PATCH", "DELETE") or (nested and method == "POST"))


def input_serializer(view: Any, method: str) -> Any:
    """The serializer class of the body that `method` takes; None when it takes none."""
    found = getattr(view, "input_serializers", {}).get(method)
    return found if isinstance(found, type) else None


def schemes_of(view: Any) -> tuple[str, ...]:
    """Names of the security schemes that `view` takes: what it declares, else by its surface; none when anonymous."""
    declared: tuple[str, ...] | None = getattr(view, "security_schemes", None)
    if declared is not None:
        return declared
    return ("bearer", "session") if is_editorial(view) else ()
