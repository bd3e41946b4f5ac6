"""The magazine's own row on the desk: what of it can be changed while it serves. Readers get it from `cms.root`.

Name, locales and disclaimer stand in stored documents too, and so are set before anything is published.
"""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from cms import audit, clock, staffing, support
from cms.canonical import canonical_bytes
from cms.conditional import etag_of, if_match
from cms.editorial import EditorialView
from cms.errors import NotAllowed, NotFound
from cms.local_time import UnknownZone, zone_named
from cms.merging import merge_objects
from cms.models import Site, User
from cms.openapi.responses import document, problem, ref
from cms.preconditions import IfMatch
from cms.roles import may
from cms.root import site_document
from cms.writing import Answer, perform

SITE = UUID(int=1)
"""The site in the audit."""

CHANGEABLE = (
    "description",
    "contact",
    "time_zone",
    "privacy_notice_url",
    "privacy_version",
    "staffed_hours",
    "support_texts",
    "comments_close_after_days",
)
POLICY = frozenset(
    {"contact", "time_zone", "privacy_notice_url", "privacy_version", "comments_close_after_days"}
)
"""Of these, what takes `site.write`: where readers turn to, what they were promised, and rules. The rest is words."""

EMPTY: Mapping[str, Any] = {"staffed_hours": {}, "support_texts": {}, "comments_close_after_days": None}
"""What null leaves of a field that is no text."""


@extend_schema_field(ref("StaffedHours"))
class StaffedHours(serializers.JSONField):
    """When somebody reads replies (`cms.staffing`)."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if wrong := list(staffing.mistakes(data)):
            raise serializers.ValidationError(wrong, code="invalid_hours")
        return dict(data)


@extend_schema_field(ref("SupportTexts"))
class SupportTexts(serializers.JSONField):
    """A sentence on support for each locale (`cms.support`)."""

    def to_internal_value(self, data: Any) -> dict[str, str]:
        if wrong := list(support.mistakes(data)):
            raise serializers.ValidationError(wrong, code="invalid_texts")
        return dict(data)


class SiteWords(serializers.Serializer):
    """What editors may change: what the magazine says of itself, of its hours and of support. Null empties a field."""

    description = serializers.CharField(max_length=500, required=False, allow_blank=True, allow_null=True)
    staffed_hours = StaffedHours(
        required=False,
        allow_null=True,
        help_text='When somebody reads replies: `{"time_zone": "Europe/Dublin", "weekly": {"mon": [["09:00", '
        '"12:30"]]}}`. Nothing: nobody said.',
    )
    support_texts = SupportTexts(
        required=False,
        allow_null=True,
        help_text='The sentence beside the way to helplines: `{"en": "…", "fr": "…"}`, plain text in one line. '
        "Everybody gets the same. Do not say or suggest that somebody watches. Nothing: ours stands.",
    )


class SiteInput(SiteWords):
    """What of the magazine may be changed. Null empties a field. Only administrators change what is policy."""

    contact = serializers.CharField(
        max_length=254, required=False, allow_blank=True, allow_null=True, help_text="An address or a page."
    )
    time_zone = serializers.CharField(
        max_length=64, required=False, help_text="The IANA zone in which the desk works."
    )
    privacy_notice_url = serializers.URLField(
        max_length=500,
        required=False,
        allow_blank=True,
        allow_null=True,
        help_text="Where readers find the privacy notice: an https or http address.",
    )
    privacy_version = serializers.RegexField(
        r"^[A-Za-z0-9._-]{1,32}\Z",
        required=False,
        help_text="The notice's version: up to 32 letters, digits, dots, hyphens or underscores. Give it another "
        "with every change of the notice; each reply keeps the version that its author was shown.",
    )
    comments_close_after_days = serializers.IntegerField(
        min_value=1,
        max_value=10_000,
        required=False,
        allow_null=True,
        help_text="Replies to an article close so many days after it was first published. Nothing: never so.",
    )

    def validate_time_zone(self, value: str) -> str:
        try:
            zone_named(value)
        except UnknownZone as error:
            raise serializers.ValidationError(str(error), code="unknown_zone") from None
        return value


class EditorialSite(EditorialView):
    """The magazine as a whole, to be changed."""

    verbs = {"GET": "site.read", "PATCH": "site.words"}
    input_serializers: ClassVar[dict[str, type[serializers.Serializer]]] = {"PATCH": SiteInput}
    form_titles = {"PATCH": "Change the site"}
    form_notes = {"PATCH": "Readers see the change at once, where they write a reply too."}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Whoever may change words only is offered no more than these."""
        super().initial(request, *args, **kwargs)
        if not _may_set_policy(request):
            self.input_serializers = {"PATCH": SiteWords}  # type: ignore[misc]  # this request's own

    @extend_schema(responses={200: document("Site"), **problem("not_found")})
    def get(self, request: Request) -> HttpResponseBase:
        """The magazine as a whole, with the tag that a change must name."""
        site = _site()
        return self.respond(_document(site), etag=_tag(site))

    @extend_schema(responses={200: document("Site", "As it is now."), **problem("not_found")})
    def patch(self, request: Request) -> HttpResponseBase:
        """Change the magazine's description, contact, time zone, privacy notice, staffed hours or rules for replies

        A merge patch: days of `staffed_hours` and locales of `support_texts` that are not named stay, null takes one
        away. Editors change `description`, `staffed_hours` and `support_texts`; the other fields take an
        administrator. Name, locales and disclaimer are not changed here.
        """
        _require_allowed(request)
        sent = self.validated(SiteInput, request, whole=_patched(request))
        expected = if_match(request)

        def work() -> Answer:
            site = _changed(sent, expected, by=self.caller)
            return Answer(200, _document(site), {"ETag": _tag(site)})

        return perform(request, work)


def _may_set_policy(request: Request) -> bool:
    return may(request.user, "site.write", getattr(request.auth, "scopes", ()))


def _require_allowed(request: Request) -> None:
    """Raises NotAllowed for a field of policy from whoever may change words only."""
    named = sorted(POLICY & set(request.data))
    if named and not _may_set_policy(request):
        raise NotAllowed(f"Only an administrator changes: {', '.join(named)}.")


def _patched(request: Request) -> dict[str, Any]:
    """What the patch makes of the fields that it names; the others stay out."""
    patch: Any = request.data
    site = _site()
    known = [name for name in CHANGEABLE if name in patch]
    now = {name: getattr(site, name) for name in known}
    emptied = {name: EMPTY.get(name, "") for name in known if patch[name] is None}
    named = {name: patch[name] for name in known}
    is_form = getattr(request, "is_page_form", False)  # a form holds the whole of each value
    return {**(named if is_form else merge_objects(now, named)), **emptied}


def _changed(sent: Mapping[str, Any], expected: IfMatch, *, by: User) -> Site:
    """Write under the row's lock what differs. Raises NotFound, PreconditionFailed."""
    site = Site.objects.select_for_update(of=("self",)).filter(pk=1).first()
    if site is None:
        raise _not_set_up()
    expected.require(_tag(site))
    wanted = {name: value or EMPTY.get(name, "") for name, value in sent.items()}
    differing = {name: value for name, value in wanted.items() if getattr(site, name) != value}
    if differing:
        for name, value in differing.items():
            setattr(site, name, value)
        site.save(update_fields=list(differing))
        fields = {"fields": sorted(differing)}
        audit.record(
            verb="site.change", subject_type="site", subject=SITE, by=by, at=clock.now(), detail=fields
        )
    return site


def _site() -> Site:
    site = Site.objects.filter(pk=1).first()
    if site is None:
        raise _not_set_up()
    return site


def _not_set_up() -> NotFound:
    return NotFound("The site is not set up yet: run manage.py init.")


def _document(site: Site) -> dict[str, Any]:
    return {**site_document(site), "links": {"self": "/api/v1/editorial/site", "public": "/api/v1/site"}}


def _tag(site: Site) -> str:
    """Of what is stored, so that it changes with anything of it."""
    return etag_of(canonical_bytes(site_document(site)))
