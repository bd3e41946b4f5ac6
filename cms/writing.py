"""How a view writes: one transaction, an answer that a repeated POST gets again, and no answer before its time."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse, HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from cms import clock, idempotency, problems, transactions
from cms.errors import DomainError
from cms.renderers import encode

_SAID = {201: "Created.", 202: "Received.", 204: "Done."}


@dataclass(frozen=True)
class Answer:
    """What a write came to. `wait_until` is the instant it stamped: the answer is not given before it has come.

    `shown_once` marks a body with a secret that is never shown again: a form gets it as a page, not as a redirect.
    What is not `remembered` is stored nowhere, and a repeated POST does not get it again.
    """

    status: int
    body: dict[str, Any] | list[Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    wait_until: datetime | None = None
    shown_once: bool = False
    remembered: bool = True


def perform(request: Request, work: Callable[[], Answer]) -> HttpResponseBase:
    """Run `work` in one transaction, wait for the instant it stamped, and answer with `Cache-Control: no-store`.

    A POST with an Idempotency-Key is looked up first, in the same transaction; only its success is remembered.
    `work` may be called several times, and must leave nothing behind but rows. A form gets 303 and a message.
    """
    posted = _idempotent(request)
    answer = transactions.run(lambda: _once(posted, work) if posted else work())
    committed_at = clock.now()
    if answer.wait_until is not None:
        clock.wait_until(answer.wait_until)
    response: HttpResponseBase
    if getattr(request, "is_page_form", False) and not answer.shown_once:
        response = _back_to_page(request, answer)
    else:
        response = Response(answer.body, status=answer.status, headers=answer.headers)
        response["Cache-Control"] = "no-store"
    response.committed_at = committed_at  # type: ignore[attr-defined]  # the fast lane's
    return response


def perform_each(request: Request, works: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Run each of `works` in a transaction of its own; their answers in order, a refused one's a problem document.

    Under an Idempotency-Key what succeeded is remembered one by one: a repeated request gets those answers again, and
    tries the others, also when the first was cut off midway. Raises KeyReused when the body is another.
    """
    posted = _idempotent(request)
    if posted is None:
        return [_answered(request, work) for work in works]
    transactions.run(lambda: _once(posted, lambda: Answer(200, {})))
    parts = [replace(posted, key=f"{posted.key}\n{place}") for place in range(len(works))]
    return [_answered(request, partial(_once, part, work)) for part, work in zip(parts, works, strict=True)]


def _answered(request: Request, work: Callable[[], Answer]) -> Answer:
    try:
        return transactions.run(work)
    except (DomainError, DatabaseError, InterfaceError) as refused:
        error, _ = problems.understood(refused, request)
        document = problems.problem_document(error, request)
        return Answer(document["status"], document)


def _idempotent(request: Request) -> idempotency.IdempotentRequest | None:
    key = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if key is None or request.method != "POST":
        return None
    match = request.resolver_match
    user = request.user
    return idempotency.IdempotentRequest(
        key=idempotency.check_key(key),
        caller=str(user.pk) if user.is_authenticated else "",
        route=match.route if match else request.path,
        fingerprint=_fingerprint(request),
    )


def _fingerprint(request: Request) -> str:
    query = sorted((name, request.GET.getlist(name)) for name in request.GET)
    return json.dumps([request.method, request.path, query, request.data], sort_keys=True, default=str)


def _once(posted: idempotency.IdempotentRequest, work: Callable[[], Answer]) -> Answer:
    if earlier := idempotency.earlier_answer(posted):
        answer = restored(earlier)
        return replace(answer, headers=answer.headers | {"Idempotent-Replayed": "true"})
    answer = work()
    if 200 <= answer.status < 300 and answer.remembered:
        idempotency.remember(posted, stored(answer))
    return answer


def stored(answer: Answer) -> dict[str, Any]:
    """An answer as JSON values, to be sealed and given again."""
    return {
        "status": answer.status,
        "body": json.loads(encode(answer.body)),
        "headers": answer.headers,
        "wait_until": answer.wait_until.isoformat() if answer.wait_until else None,
        "shown_once": answer.shown_once,
    }


def restored(kept: Mapping[str, Any]) -> Answer:
    """The answer of which `stored` made JSON values."""
    wait_until = kept["wait_until"]
    return Answer(**{**kept, "wait_until": datetime.fromisoformat(wait_until) if wait_until else None})


def _back_to_page(request: Request, answer: Answer) -> HttpResponse:
    """POST, redirect, GET (RFC 9110, 15.4.4), with a message for the next page."""
    messages.success(request._request, _SAID.get(answer.status, "Saved."))
    warnings = answer.body.get("warnings", ()) if isinstance(answer.body, dict) else ()
    for warning in warnings:
        text = warning.get("message") or warning.get("detail") if isinstance(warning, dict) else warning
        messages.warning(request._request, str(text))
    response = HttpResponse(status=303)
    response["Location"] = urlsplit(answer.headers.get("Location", "")).path or _page_of(request)
    response["Cache-Control"] = "no-store"
    return response


def _page_of(request: Request) -> str:
    """The page to show after a form without a new resource: this one, or its parent when this has none (any more)."""
    view = (request.parser_context or {}).get("view")
    if request.method != "DELETE" and hasattr(view, "get"):
        return request.path
    return request.path.rpartition("/")[0]
