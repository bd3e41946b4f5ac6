"""A problem document as a small page, for whoever asks for `text/html` outside of the browsable API."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from rest_framework.request import Request

from cms.negotiation import parse_accept, quality_of

_BY_NAME = 3


def asked_for(request: Request | HttpRequest) -> bool:
    """Whether `text/html` is named in Accept, with a quality above 0 and not below that of JSON."""
    ranges = parse_accept(request.META.get("HTTP_ACCEPT", ""))
    quality, specificity = quality_of("text/html", ranges)
    json_quality, json_specificity = quality_of("application/json", ranges)
    wanted = json_quality if json_specificity == _BY_NAME else 0
    return specificity == _BY_NAME and quality > 0 and quality >= wanted


def page(document: Mapping[str, Any]) -> str:
    return render_to_string("problem.html", {"problem": document})
