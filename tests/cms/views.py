"""Small views that stand on the bases of `cms`, so that these are tested without any app's content."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, IntegrityError, OperationalError
from django.http import Http404, HttpResponse, HttpResponseBase
from rest_framework import serializers
from rest_framework.exceptions import ParseError, Throttled, ValidationError
from rest_framework.request import Request

from cms import clock, errors, limits, parameters
from cms.audit import record
from cms.conditional import if_match
from cms.delivery import DeliveryView
from cms.editorial import EditorialView
from cms.ids import uuid7
from cms.parameters import boolean
from cms.writing import Answer, perform

BODY = '{"title":"Kintsugi","é":1.0}'.encode()
TAG = '"r7-31"'
SECRET = "planted-secret-2f9c"

RAISED = {
    "malformed": lambda: errors.Malformed("It cannot be read."),
    "invalid": lambda: errors.InvalidContent(
        "One thing is wrong.", errors=(errors.FieldError("blank", "Say something.", pointer="/title"),)
    ),
    "missing": lambda: errors.NotFound("There is no such thing."),
    "forbidden": lambda: errors.NotAllowed("Not for you."),
    "state": lambda: errors.WrongState("Not now."),
    "busy": lambda: errors.Busy("Somebody else is at it."),
    "stale": lambda: errors.PreconditionFailed("Changed.", current_etag=TAG),
    "gone": lambda: errors.Gone("Gone.", reason="outdated"),
    "legal": lambda: errors.LegallyUnavailable("Not to be shown."),
    "limit": lambda: errors.LimitReached("Too much.", retry_after=7),
    "large": lambda: errors.TooLarge("Too large."),
    "away": lambda: errors.Unavailable("Away."),
    "unregistered": lambda: errors.WrongState("Not now.", code="nobody-registered-this"),
    "http404": lambda: Http404(SECRET),
    "django403": lambda: PermissionDenied(SECRET),
    "suspicious": lambda: SuspiciousOperation(SECRET),
    "parse": lambda: ParseError("Bad."),
    "throttled": lambda: Throttled(wait=3),
    "fields": lambda: ValidationError(
        {"tags": [{}, {"name": ["Too long."]}], "a/b~c": ["No."], "non_field_errors": ["Neither."]}
    ),
    "down": lambda: OperationalError(f"connection to {SECRET} failed"),
    "locked": lambda: OperationalError("database is locked"),
    "unknown_constraint": lambda: IntegrityError("some_trigger_nobody_knows"),
    "database": lambda: DatabaseError(SECRET),
    "bug": lambda: ZeroDivisionError(SECRET),
}


class Reading(DeliveryView):
    parameters = {
        "limit": parameters.limit(),
        "kind": parameters.choice(("article", "guide")),
        "in": parameters.integer(-10, 1000),
        "raise": parameters.choice(RAISED),
    }

    def get(self, request: Request, number: int = 0) -> HttpResponseBase:
        if self.query["raise"]:
            raise RAISED[self.query["raise"]]()
        ahead = self.query["in"]
        transition = None if ahead is None else clock.now() + timedelta(seconds=ahead, milliseconds=400)
        return self.respond(
            request,
            BODY,
            transition=transition,
            last_modified=clock.FAR,
            tags=("article-1", "list-en"),
            headers={"X-Robots-Tag": "noindex"},
        )


class Part(serializers.Serializer):
    name = serializers.CharField(max_length=5)


class Sent(serializers.Serializer):
    title = serializers.CharField(max_length=20)
    parts = Part(many=True, required=False)


class Writing(EditorialView):
    verbs = {
        "GET": "article.read",
        "POST": "article.create",
        "PATCH": "article.save",
        "DELETE": "article.publish",
    }
    parameters = {"state": parameters.choice(("draft", "live"))}
    write_parameters = {"PATCH": {"merge": boolean(default=False)}}

    def get(self, request: Request) -> HttpResponseBase:
        return self.respond({"state": self.query["state"]}, etag=TAG)

    def post(self, request: Request) -> HttpResponseBase:
        data = self.validated(Sent, request)

        def work() -> Answer:
            entry = record(
                verb="test", subject_type="test", subject=uuid7(), by=request.user, at=clock.read_instant()
            )
            if data["title"] == "refused":
                raise errors.WrongState("Not now.")
            return Answer(201, {"id": str(entry.id), "token": SECRET}, {"Location": f"/made/{entry.id}"})

        return perform(request, work)

    def patch(self, request: Request) -> HttpResponseBase:
        if_match(request).require(TAG)
        data = self.validated(Sent, request, partial=True)
        return perform(
            request, lambda: Answer(200, {"merge": self.query["merge"], **data}, {"ETag": '"r8-32"'})
        )

    def delete(self, request: Request) -> HttpResponseBase:
        return perform(request, lambda: Answer(204))


class Posting(DeliveryView):
    """What a reader does: no account, a limit, an effect."""

    def post(self, request: Request, name: str = "") -> HttpResponseBase:
        return perform(request, lambda: effect(request, name))


def effect(request: Request, name: str) -> Answer:
    allowance = limits.take("comments", "203.0.113.9", by="address")
    text = dict(request.data).get("text", "")
    entry = record(
        verb="test",
        subject_type="test",
        subject=uuid7(),
        by=None,
        at=clock.read_instant(),
        detail={"text": text},
    )
    body = {"id": str(entry.id), "text": text, "name": name}
    return Answer(201, body, limits.headers("comments", allowance))


class Closed(EditorialView):
    """Declares no verb for its only method."""

    def get(self, request: Request) -> HttpResponseBase:
        return self.respond({})


class Listed(DeliveryView):
    accepts_list = True

    def post(self, request: Request) -> HttpResponseBase:
        return self.respond(request, {"data": request.data})


def plain(request):
    """A Django view that reads a form and fails in Django's own ways."""
    if "bug" in request.GET:
        raise ZeroDivisionError(SECRET)
    if "refuse" in request.GET:
        return HttpResponse("no", status=405, headers={"Allow": "GET"})
    return HttpResponse(request.POST.get("x", ""), content_type="text/plain")
