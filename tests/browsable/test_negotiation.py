"""Programs get JSON and people a page, by what Accept names."""

import pytest
from django.test import RequestFactory
from rest_framework.exceptions import NotAcceptable
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from cms.browsable.renderer import Page
from cms.negotiation import JsonUnlessAsked
from cms.renderers import Json

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


class LinkFormat(BaseRenderer):
    media_type = "application/link-format"


def chosen(accept: str | None, *renderers: type[BaseRenderer]) -> str:
    headers = {} if accept is None else {"accept": accept}
    request = Request(RequestFactory().get("/", headers=headers))
    offered = [kind() for kind in renderers or (Json, Page)]
    return JsonUnlessAsked().select_renderer(request, offered)[1]


@pytest.mark.parametrize(
    "accept",
    [
        None,
        "",
        "*/*",
        "application/*",
        "application/json",
        "application/json; charset=utf-8",
        "text/*, */*",
        "text/html;q=0, */*",
        "text/html;q=0.5, application/json",
        "text/html;q=nonsense, */*;q=0.1",
        "application/json, text/html;q=0.9",
    ],
)
def test_programs_get_json(accept: str | None) -> None:
    assert chosen(accept) == "application/json"


@pytest.mark.parametrize(
    "accept",
    [
        BROWSER,
        "text/html",
        "TEXT/HTML",
        "text/html, application/json",
        "application/json;q=0.3, text/html;q=0.4",
    ],
)
def test_whoever_names_html_gets_the_page(accept: str) -> None:
    assert chosen(accept) == "text/html"


@pytest.mark.parametrize(
    "accept", ["image/png", "application/json;q=0", "application/xml", "nonsense", "*/json"]
)
def test_nothing_in_common_is_refused(accept: str) -> None:
    with pytest.raises(NotAcceptable):
        chosen(accept)


def test_another_form_is_given_only_by_its_name() -> None:
    forms = (Json, LinkFormat, Page)
    assert chosen("application/link-format", *forms) == "application/link-format"
    assert chosen("application/*", *forms) == "application/json"
    assert chosen("application/link-format;q=0.4, application/json;q=0.6", *forms) == "application/json"


def test_a_long_accept_field_costs_little() -> None:
    assert chosen(", ".join(["image/png"] * 20 + ["*/*"] + ["text/x"] * 5000)) == "application/json"
