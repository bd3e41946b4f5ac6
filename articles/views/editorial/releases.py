"""Releases on the desk: drafting, the dry run, scheduling, cancelling, rolling back."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import actions
from articles.actions.gathering import warm
from articles.actions.releases.holding import items_of
from articles.actions.releases.scheduling import dry_run
from articles.models import Release
from articles.openapi import release_components as docs
from articles.serializers import releases as inputs
from cms import clock, pagination, parameters
from cms.conditional import if_match
from cms.editorial import EditorialView
from cms.errors import NotFound
from cms.pagination import Order
from cms.writing import Answer, perform

NEWEST_FIRST = Order((("id", "desc"),))


@docs.release_list
class ReleaseList(EditorialView):
    """All releases, newest first."""

    verbs = {"GET": "release.read", "POST": "release.write"}
    input_serializers = {"POST": inputs.NewRelease}
    parameters = {
        "state": parameters.choice(docs.RELEASE_STATES, "Only releases in this state."),
        "mine": parameters.boolean("Only releases that the caller began.", default=False),
        "limit": parameters.limit(),
        "cursor": parameters.cursor(),
    }

    def get(self, request: Request) -> HttpResponseBase:
        now = clock.now()
        rows = Release.objects.select_related("owner").filter(_in_state(self.query["state"], now))
        if self.query["mine"]:
            rows = rows.filter(owner=self.caller)
        page = pagination.page(
            rows, order=NEWEST_FIRST, limit=self.query["limit"], cursor=self.query["cursor"]
        )
        body, link = pagination.envelope(
            request,
            [inputs.card(found, now) for found in page.rows],
            {"cursor": page.next_cursor} if page.next_cursor else None,
        )
        return self.respond(body, headers={"Link": link} if link else {})

    def post(self, request: Request) -> HttpResponseBase:
        """Draft a release. Nothing is public, scheduled or locked by it."""
        data = self.validated(inputs.NewRelease, request)

        def work() -> Answer:
            made = actions.create_release(by=self.caller, now=clock.now(), **data)
            return _answer(made, 201, f"{request.path}/{made.pk}")

        return perform(request, work)


@docs.release_detail
class ReleaseDetail(EditorialView):
    """A release with its items."""

    verbs = {"GET": "release.read", "PATCH": "release.write", "DELETE": "release.write"}
    input_serializers = {"PATCH": inputs.ReleasePatch}

    def get(self, request: Request, release_id: UUID) -> HttpResponseBase:
        found = _release(release_id)
        return self.respond(inputs.release(found, items_of(found), clock.now()), etag=found.etag)

    def patch(self, request: Request, release_id: UUID) -> HttpResponseBase:
        """Change a draft, or one that was cancelled, which is a draft again then. Items are replaced as a whole."""
        _release(release_id)
        data = self.validated(inputs.ReleasePatch, request)
        expected = if_match(request)

        def work() -> Answer:
            saved = actions.save_release(
                release_id=release_id, expected=expected, by=self.caller, now=clock.now(), **data
            )
            return _answer(saved, 200)

        return perform(request, work)

    def delete(self, request: Request, release_id: UUID) -> HttpResponseBase:
        """Delete a draft."""
        _release(release_id)
        expected = if_match(request)

        def work() -> Answer:
            actions.delete_release(release_id=release_id, expected=expected, by=self.caller, now=clock.now())
            return Answer(204)

        return perform(request, work)

    def form_initial(self, request: Request) -> dict[str, Any]:
        """What an editor's form starts from."""
        found = _release(self.kwargs["release_id"])
        return {"name": found.name, "note": found.note, "items": [inputs.sent(i) for i in items_of(found)]}


@docs.dry_run
class DryRun(EditorialView):
    """What a release would do, and everything that stands in its way; nothing is changed."""

    verbs = {"GET": "release.read"}
    parameters = {
        "at": parameters.instant("The instant to judge it for; the next one that it could have, else.")
    }

    def get(self, request: Request, release_id: UUID) -> HttpResponseBase:
        found = _release(release_id)
        judgement = dry_run(found, self.query["at"], self.caller)
        return self.respond(inputs.dry_run(judgement), etag=found.etag)


@docs.schedule
class ScheduleList(EditorialView):
    """Beginning a release: now, or at an instant ahead."""

    verbs = {"POST": "release.write"}
    input_serializers = {"POST": inputs.Schedule}

    def post(self, request: Request, release_id: UUID) -> HttpResponseBase:
        """Schedule every item, or none. What begins now is visible when this is answered."""
        found = _release(release_id)
        data = self.validated(inputs.Schedule, request)
        expected = if_match(request)
        for item in items_of(found):
            warm(item.article_id, item.revision_number or 0)

        def work() -> Answer:
            outcome = actions.schedule_release(
                release_id=release_id, expected=expected, by=self.caller, **data
            )
            return _outcome(outcome, waits=not data.get("effective_from"))

        return perform(request, work)


@docs.cancel
class CancelList(EditorialView):
    """Cancelling a release that has not begun."""

    verbs = {"POST": "release.write"}
    input_serializers = {"POST": inputs.Cancel}

    def post(self, request: Request, release_id: UUID) -> HttpResponseBase:
        """Take back everything that it has laid down."""
        _release(release_id)
        self.validated(inputs.Cancel, request)
        expected = if_match(request)

        def work() -> Answer:
            outcome = actions.cancel_release(release_id=release_id, expected=expected, by=self.caller)
            return _outcome(outcome, waits=False)

        return perform(request, work)


@docs.rollback
class RollbackList(EditorialView):
    """Undoing a release that has begun, by another."""

    verbs = {"POST": "release.write"}
    input_serializers = {"POST": inputs.RollBack}

    def post(self, request: Request, release_id: UUID) -> HttpResponseBase:
        """Make and schedule the release that restores what was public before; the answer is that release."""
        _release(release_id)
        data = self.validated(inputs.RollBack, request)
        expected = if_match(request)

        def work() -> Answer:
            outcome = actions.roll_back(release_id=release_id, expected=expected, by=self.caller, **data)
            location = f"/api/v1/editorial/releases/{outcome.release.pk}"
            return _outcome(outcome, waits=not data.get("effective_from"), location=location)

        return perform(request, work)


def _release(release_id: UUID) -> Release:
    found = Release.objects.select_related("owner").filter(pk=release_id).first()
    if found is None:
        raise NotFound("There is no such release.")
    return found


def _in_state(state: str | None, now: Any) -> Q:
    if state is None:
        return Q()
    if state == "scheduled":
        return Q(state="scheduled", effective_from__gt=now)
    if state == "released":
        return Q(state="scheduled", effective_from__lte=now)
    return Q(state=state)


def _answer(release: Release, status: int, location: str = "") -> Answer:
    headers = {"ETag": release.etag} | ({"Location": location} if location else {})
    return Answer(status, inputs.release(release, items_of(release), clock.now()), headers)


def _outcome(outcome: actions.ReleaseOutcome, *, waits: bool, location: str = "") -> Answer:
    release = outcome.release
    headers = {"ETag": release.etag} | ({"Location": location} if location else {})
    return Answer(
        201,
        inputs.outcome(
            outcome, items_of(release), max(clock.now(), outcome.visible_at) if waits else clock.now()
        ),
        headers,
        wait_until=outcome.visible_at if waits else None,
    )
