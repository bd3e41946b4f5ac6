"""The forms that a page offers: one for each method that the caller may use there, filled with what stands now."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rest_framework.request import Request

from cms.browsable.fields import Field, digest, fields_of, shown
from cms.browsable.parent import etag_above
from cms.browsable.place import as_curl, name_of
from cms.errors import Gone, NotFound
from cms.ids import uuid7_text
from cms.openapi.declared import input_serializer, is_editorial, needs_if_match
from cms.roles import may

METHODS = ("PATCH", "PUT", "POST", "DELETE")
TITLES = {"PUT": "Replace", "PATCH": "Save", "DELETE": "Delete"}


@dataclass(frozen=True)
class Control:
    """One input as it stands on the page: its text, what it held at first (a digest), and what was wrong with it."""

    field: Field
    id: str
    text: str
    was: str = ""
    errors: tuple[str, ...] = ()

    @property
    def described_by(self) -> str:
        """Ids of the sentences that belong to the input."""
        ids = (
            [f"{self.id}-help"] if self.field.help or self.field.kind in ("lines", "json", "instant") else []
        )
        return " ".join([*ids, f"{self.id}-errors"] if self.errors else ids)


@dataclass(frozen=True)
class Form:
    """One form. `newer` is the current ETag when the one it was based on is no longer current."""

    method: str
    title: str
    note: str
    controls: tuple[Control, ...]
    needs_if_match: bool
    if_match: str
    newer: str
    curl: str
    key: str = field(default_factory=uuid7_text)


def forms_for(view: Any, request: Request, *, data: Any, etag: str, status: int) -> list[Form]:
    """What the caller may do here. After a form that failed: that form alone, with what was typed."""
    if not is_editorial(view):
        return []
    if getattr(request, "is_page_form", False):
        failed = status >= 400 and status not in (404, 405, 410)
        return [_typed(view, request, data)] if failed else []
    if status >= 400 and status != 405:
        return []
    offered = [method for method in METHODS if _is_offered(view, request, method)]
    if offered and not hasattr(view, "get"):
        etag = etag_above(request._request)
    read = data if status < 400 else None
    try:
        return [_fresh(view, request, method, data=read, etag=etag) for method in offered]
    except (NotFound, Gone):  # by a hook: what the form would be about is not there, or not for this caller
        return []


def _is_offered(view: Any, request: Request, method: str) -> bool:
    verb = view.verbs.get(method)
    if method not in view.allowed_methods or verb is None or method not in _permitted(view, request):
        return False
    return may(request.user, verb, getattr(request.auth, "scopes", ()))


def _permitted(view: Any, request: Request) -> tuple[str, ...]:
    """A view may narrow what is offered further, by the state of what it shows."""
    narrow = getattr(view, "form_methods", None)
    return METHODS if narrow is None else tuple(narrow(request))


def _fresh(view: Any, request: Request, method: str, *, data: Any, etag: str) -> Form:
    initial = _initial(view, request, method, data)
    fields = fields_of(input_serializer(view, method))
    texts = [shown(item, initial.get(item.name, item.default)) for item in fields]
    controls = [
        Control(item, _id(method, item), text, was=digest(text) if method == "PATCH" else "")
        for item, text in zip(fields, texts, strict=True)
    ]
    hook = getattr(view, "form_if_match", None)
    return _form(view, request, method, tuple(controls), if_match=hook(request) if hook else etag)


def _initial(view: Any, request: Request, method: str, data: Any) -> Mapping[str, Any]:
    hook = getattr(view, "form_initial", None)
    if hook is not None and method != "DELETE":
        return hook(request)
    return data if method in ("PATCH", "PUT") and isinstance(data, Mapping) else {}


def _typed(view: Any, request: Request, problem: Any) -> Form:
    form, method = request.page_form, request.method or ""  # type: ignore[attr-defined]  # set by FormsAsCalls
    errors = errors_by_field(problem)
    controls = [
        Control(
            item,
            _id(method, item),
            form.get(item.name, ""),
            was=form.get(f"_was_{item.name}", ""),
            errors=errors.get(item.name, ()),
        )
        for item in fields_of(input_serializer(view, method))
    ]
    members = problem if isinstance(problem, Mapping) else {}
    return _form(
        view,
        request,
        method,
        tuple(controls),
        if_match=form.get("_if_match", ""),
        newer=members.get("current_etag") or "",
        missing=members.get("code") == "precondition_required",
    )


def errors_by_field(problem: Any) -> dict[str, tuple[str, ...]]:
    """Sentences by the field that their pointers begin with (RFC 6901)."""
    found: dict[str, tuple[str, ...]] = {}
    listed = problem.get("errors", ()) if isinstance(problem, Mapping) else ()
    for error in listed:
        name = error.get("pointer", "").lstrip("/").split("/")[0].replace("~1", "/").replace("~0", "~")
        found[name] = (*found.get(name, ()), error.get("detail", ""))
    return found


def _form(
    view: Any,
    request: Request,
    method: str,
    controls: tuple[Control, ...],
    *,
    if_match: str | None,
    newer: str = "",
    missing: bool = False,
) -> Form:
    needs = needs_if_match(view, method, nested=bool(view.kwargs)) or bool(if_match) or missing
    body = json.dumps({item.field.name: "…" for item in controls if item.field.required}, ensure_ascii=False)
    call = as_curl(
        request._request,
        method,
        signed_in=True,
        if_match=(newer or if_match or "ETAG") if needs else "",
        body=body if controls else "",
    )
    return Form(
        method=method,
        title=getattr(view, "form_titles", {}).get(method) or _title(view, request, method),
        note=getattr(view, "form_notes", {}).get(method, ""),
        controls=controls,
        needs_if_match=needs,
        if_match=if_match or "",
        newer=newer,
        curl=call,
    )


def _title(view: Any, request: Request, method: str) -> str:
    """A POST adds to a list that can be read; where nothing can be read, the address is named after what it does."""
    if method != "POST":
        return TITLES[method]
    return "Add" if hasattr(view, "get") else name_of(request.path.rpartition("/")[2])


def _id(method: str, item: Field) -> str:
    return f"{method.lower()}-{item.name}"
