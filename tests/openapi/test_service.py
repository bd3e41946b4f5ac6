"""The service's own addresses: the root, the site, health, the schema and its pages, and whom to tell of a weakness."""

from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import resolve

from cms.models import Site
from cms.problem_codes import PROBLEM_CODES
from tests.client import ApiClient

pytestmark = pytest.mark.django_db


def test_the_start_leads_to_the_root(api: ApiClient) -> None:
    response: Any = api.get("/")
    assert (response.status_code, response.headers["Location"]) == (302, "/api/v1/")


def test_the_root_links_only_to_what_answers(api: ApiClient) -> None:
    links: Any = api.get("/api/v1/").json()
    assert {"site", "articles", "schema", "docs"} <= set(links)
    for path in links.values():
        resolve(path)


def test_the_site_has_its_name_locales_and_policies(api: ApiClient) -> None:
    Site.objects.create(
        name="Kintsugi Review", locales=["en", "fr"], privacy_version="3", time_zone="Europe/Paris"
    )
    document: Any = api.get("/api/v1/site").json()
    assert document["name"] == "Kintsugi Review"
    assert document["locales"] == ["en", "fr"]
    assert document["privacy_version"] == "3"
    assert document["time_zone"] == "Europe/Paris"


def test_a_site_that_is_not_set_up_yet_answers_too(api: ApiClient) -> None:
    document: Any = api.get("/api/v1/site").json()
    assert (document["name"], document["time_zone"]) == ("Kintsugi", "UTC")


def test_the_site_is_cached_and_revalidated(api: ApiClient) -> None:
    first: Any = api.get("/api/v1/site")
    assert first.headers["Cache-Control"].startswith("public")
    again: Any = api.get("/api/v1/site", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304


def test_health_and_readiness_are_never_stored(api: ApiClient) -> None:
    for path in ("/healthz", "/readyz"):
        response: Any = api.get(path)
        assert response.json() == {"status": "ok"}
        assert response.headers["Cache-Control"] == "no-store"


def test_health_looks_at_nothing_else(api: ApiClient, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        api.get("/healthz")
    with django_assert_num_queries(1):
        api.get("/readyz")


def test_a_site_with_a_contact_says_whom_to_tell(api: ApiClient) -> None:
    assert api.get("/.well-known/security.txt").status_code == 404
    Site.objects.create(name="Kintsugi Review", contact="security@kintsugi.example")
    response: Any = api.get("/.well-known/security.txt")
    lines = response.content.decode().splitlines()
    assert "Contact: mailto:security@kintsugi.example" in lines
    assert "Canonical: http://testserver/.well-known/security.txt" in lines
    assert any(line.startswith("Expires: ") for line in lines)


@pytest.mark.parametrize("accept", ["*/*", "application/yaml", "application/vnd.oai.openapi"])
def test_the_schema_is_yaml_by_default(accept: str) -> None:
    response: Any = Client().get("/api/schema", headers={"accept": accept})
    assert yaml.load(response.content, yaml.CSafeLoader)["openapi"] == "3.1.0"
    assert "ETag" in response.headers


def test_the_schema_is_json_to_whoever_accepts_that() -> None:
    response: Any = Client().get("/api/schema", headers={"accept": "application/json"})
    assert response.headers["Content-Type"] == "application/json"
    assert response.json()["openapi"] == "3.1.0"


def test_the_documentation_needs_no_other_host_and_no_inline_script() -> None:
    page: Any = Client().get("/api/docs", headers={"accept": "text/html"})
    text = page.content.decode()
    assert "https://" not in text
    assert "<style" not in text
    assert text.count("<script src=") == text.count("<script")
    script: Any = Client().get("/api/docs?script=")
    assert script.headers["Content-Type"] == "application/javascript"
    assert "/api/schema" in script.content.decode()


def test_every_problem_code_is_documented_where_its_type_leads() -> None:
    page = Client().get("/api/docs/problems").content.decode()
    for code in PROBLEM_CODES:
        assert f'<tr id="{code}">' in page


def test_the_catalogue_of_interfaces_leads_to_where_this_one_begins_and_is_described(api: ApiClient) -> None:
    response: Any = api.get("/.well-known/api-catalog")
    assert response["Content-Type"].startswith("application/linkset+json")
    assert 'rel="api-catalog"' in response["Link"]
    (described,) = response.json()["linkset"]
    assert described["anchor"] == "http://testserver/api/v1/"
    for relation in ("service-desc", "service-doc", "status"):
        (link,) = described[relation]
        assert api.get(link["href"].removeprefix("http://testserver")).status_code == 200
