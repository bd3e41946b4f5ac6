"""Writing of tokens, of the site itself, and of links to what is not public yet."""

from collections.abc import Iterator

from articles.actions.previewing import link_to_article
from cms import clock
from cms.models import ApiToken, Site, User
from tests.builders import an_article
from tests.client import ApiClient
from tests.security.writes.write import EDITORIAL, Write


def of_tokens(by: dict[str, ApiClient], people: dict[str, User], signed_in: ApiClient) -> Iterator[Write]:
    tokens = f"{EDITORIAL}/tokens"
    own, _ = ApiToken.objects.create(user=people["author"], name="old")
    yield Write(
        tokens, "POST", tokens, signed_in, {"name": "build", "scopes": ["articles:read"], "expires_in": 60}
    )
    yield Write(f"{tokens}/<id>", "DELETE", f"{tokens}/{own.id}", by["author"])


def of_the_site(client: ApiClient) -> Iterator[Write]:
    Site.objects.get_or_create(pk=1, defaults={"name": "Kintsugi Review", "locales": ["en"]})
    path = f"{EDITORIAL}/site"
    hours = {"time_zone": "Europe/Dublin", "weekly": {"mon": [["09:00", "12:30"]]}}
    body = {"description": "Of healing.", "privacy_version": "2", "staffed_hours": hours}
    yield Write(path, "PATCH", path, client, body, client.get(path)["ETag"])


def of_previews(by: dict[str, ApiClient], people: dict[str, User]) -> Iterator[Write]:
    links, draft = f"{EDITORIAL}/preview-links", an_article(by=people["author"], slug="to-be-shown")
    nested, own = f"{EDITORIAL}/articles/<article_id>/preview-links", f"{EDITORIAL}/articles/{draft.pk}"
    made = [
        link_to_article(article_id=draft.pk, by=people["author"], now=clock.now())[0].pk for _ in range(2)
    ]
    life = {"label": "For the printer", "expires_in": 3600}
    yield Write(links, "POST", links, by["editor"], life | {"instant": "2100-01-01T00:00:00Z"})
    yield Write(nested, "POST", f"{own}/preview-links", by["author"], life | {"revision": 1})
    yield Write(f"{links}/<link_id>", "DELETE", f"{links}/{made[0]}", by["author"])
    yield Write(f"{nested}/<link_id>", "DELETE", f"{own}/preview-links/{made[1]}", by["author"])
