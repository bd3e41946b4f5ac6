"""What the desk gets of releases, and the decorations of their views."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view

from articles.models.publication import STATES
from articles.models.release import RELEASE_VERBS
from articles.openapi.parts import (
    FLAG,
    HREF,
    INSTANT,
    TEXT,
    UUID,
    WHOLE,
    Schema,
    many,
    maybe,
    one_of,
    record,
    ref,
)
from cms.openapi.responses import document, listing, nothing, problem
from cms.openapi.responses import ref as component

V = TypeVar("V", bound=Callable[..., Any])

RELEASE_STATES = ("draft", "scheduled", "released", "cancelled")
_CARD = {
    "id": UUID,
    "name": TEXT,
    "state": one_of(*RELEASE_STATES),
    "effective_from": maybe(INSTANT),
    "owner": maybe(ref("DeskUser")),
    "notices": {
        **many(ref("ReleaseNotice")),
        "description": "Why it was cancelled, by what its articles became.",
    },
    "rolls_back": {**maybe(UUID), "description": "The release that this one undoes."},
    "created_at": INSTANT,
    "href": HREF,
}

RELEASE_COMPONENTS: dict[str, Schema] = {
    "ReleaseNotice": record(
        "What made a release be cancelled.", at=INSTANT, code=TEXT, detail=TEXT, article=maybe(UUID)
    ),
    "ReleaseItem": record(
        "One change of one article. `publication` is its row of the timeline once the release is scheduled.",
        id=UUID,
        article=UUID,
        title=TEXT,
        verb=one_of(*RELEASE_VERBS),
        revision=maybe(WHOLE),
        update_type=one_of("major", "minor"),
        change_note=TEXT,
        correction=TEXT,
        explanation=TEXT,
        reason=TEXT,
        alternative=maybe(UUID),
        restores={**maybe(UUID), "description": "In a rollback: the past row that is public once more."},
        publication=maybe(UUID),
        href=HREF,
    ),
    "ReleaseCard": record("A release in the list.", **_CARD),
    "Release": record(
        "Several changes of several articles that begin at one instant, all or none.",
        **_CARD,
        note=TEXT,
        items=many(ref("ReleaseItem")),
        rolled_back_by=maybe(UUID),
        warnings=many(TEXT),
        etag={**TEXT, "description": "Send it as If-Match with the next change."},
        links=ref("Links"),
    ),
    "ReleaseProblem": record(
        "Why a release cannot begin at an instant. `pointer` leads into the revision's content or into the item.",
        article=maybe(UUID),
        item=maybe(UUID),
        code=TEXT,
        detail=TEXT,
        pointer=TEXT,
    ),
    "ReleaseCovering": record(
        "What covers an article.", state=one_of(*STATES), revision=WHOLE, title=TEXT, slug=TEXT
    ),
    "ReleaseEffect": record(
        "What an item would do. `until` null: nothing follows it yet.",
        article=UUID,
        item=UUID,
        title=TEXT,
        before=maybe(ref("ReleaseCovering")),
        after=ref("ReleaseCovering"),
        until=maybe(INSTANT),
    ),
    "ReleaseDryRun": record(
        "Every problem of every item at an instant, and what would happen.",
        at=INSTANT,
        ready=FLAG,
        problems=many(ref("ReleaseProblem")),
        effects=many(ref("ReleaseEffect")),
    ),
    "ReleaseRefused": record(
        "The members of a problem that lists what is wrong with a release.",
        ("problems", "release"),
        problems=many(ref("ReleaseProblem")),
        release={**UUID, "description": "The release that stands in the way."},
    ),
}


def _refused(*codes: str) -> dict[Any, Any]:
    """Problems that may also carry the list of what is wrong."""
    return {
        key: OpenApiResponse(
            {"allOf": [answer.response, component("ReleaseRefused")]}, description=answer.description
        )
        for key, answer in problem(*codes).items()
    }


def _view(**answers: dict[Any, Any]) -> Callable[[V], V]:
    return extend_schema_view(
        **{method: extend_schema(responses=responses) for method, responses in answers.items()}
    )


_POST = ("busy", "idempotency_in_flight")
_BEGIN = ("release_invalid", "slug_taken", "has_begun", "wrong_state", *_POST)
_INSTANT = ("invalid", "invalid_interval", "idempotency_key_reused")

release_list = _view(
    get={200: listing("ReleaseCard")}, post={201: document("Release"), **problem("wrong_state", *_POST)}
)
release_detail = _view(
    get={200: document("Release")},
    patch={200: document("Release"), **problem("has_begun", "wrong_state", "busy")},
    delete={204: nothing("Deleted."), **problem("has_begun", "wrong_state", "busy")},
)
dry_run = _view(get={200: document("ReleaseDryRun")})
schedule = _view(post={201: document("Release"), **_refused(*_BEGIN), **problem(*_INSTANT)})
cancel = _view(post={201: document("Release"), **problem("has_begun", "wrong_state", *_POST)})
rollback = _view(
    post={
        201: document("Release"),
        **_refused("release_not_begun", "rolled_back", "changed_since", *_BEGIN),
        **problem(*_INSTANT),
    }
)
