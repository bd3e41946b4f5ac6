"""A Memento client that knows nothing of this service, the PyPI package memento-client, finds and reads its past."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from memento_client import MementoClient

from articles.models import Article
from tests.articles.memento.links import rfc3339
from tests.builders import ago, an_article, rows, with_past

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article() -> Article:
    """Served in three states."""
    return with_past(an_article(), ago(days=9), ago(days=6), ago(days=3))


@pytest.fixture
def server(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """A server on loopback, at the address that it calls its own."""
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    settings.PUBLIC_URL = live_server.url
    return str(live_server.url)


@pytest.fixture
def client() -> Iterator[MementoClient]:
    with MementoClient() as found:
        yield found


def naive(instant: datetime) -> datetime:
    """As the client tells instants: UTC, without saying so."""
    return instant.astimezone(UTC).replace(tzinfo=None)


def info(client: MementoClient, address: str, instant: datetime) -> dict[str, Any]:
    found: dict[str, Any] = client.get_memento_info(address, naive(instant))
    return found


def test_it_finds_the_state_of_a_date_and_those_around_it(
    client: MementoClient, server: str, article: Article
) -> None:
    first, second, third = rows(article)
    here = f"{server}/api/v1/articles/{article.pk}"
    found = info(client, f"{server}/api/v1/articles/sleep", ago(days=5))
    assert (found["original_uri"], found["timegate_uri"]) == (here, f"{here}/timegate")
    places = {"closest": second, "prev": first, "next": third, "first": first, "last": third}
    assert set(found["mementos"]) == set(places)
    for name, row in places.items():
        assert found["mementos"][name]["uri"] == [f"{here}?at={rfc3339(row.effective_from)}"]
        assert found["mementos"][name]["datetime"] == naive(row.effective_from)
    assert found["mementos"]["closest"]["http_status_code"] == 200


def test_what_it_finds_has_the_bytes_that_were_served(
    client: MementoClient, server: str, article: Article
) -> None:
    for row in rows(article):
        found = info(
            client, f"{server}/api/v1/articles/{article.pk}", row.effective_from + timedelta(hours=1)
        )
        (address,) = found["mementos"]["closest"]["uri"]
        assert client.session.get(address).content == bytes(row.rendering.body)
        assert client.is_memento(address)


@pytest.mark.parametrize(("days", "index"), [(400, 0), (9, 0), (6, 1), (0, 2), (-400, 2)])
def test_before_between_and_after(
    client: MementoClient, server: str, article: Article, days: int, index: int
) -> None:
    found = info(client, f"{server}/api/v1/articles/sleep", ago(days=days))
    assert found["mementos"]["closest"]["datetime"] == naive(rows(article)[index].effective_from)


@pytest.mark.parametrize("place", ["/versions/3", "?at={}"])
def test_it_finds_its_way_from_one_past_state_to_another(
    client: MementoClient, server: str, article: Article, place: str
) -> None:
    start = f"{server}/api/v1/articles/{article.pk}{place.format(rfc3339(ago(days=1)))}"
    found = info(client, start, ago(days=8))
    assert found["original_uri"] == f"{server}/api/v1/articles/{article.pk}"
    assert found["mementos"]["closest"]["datetime"] == naive(rows(article)[0].effective_from)


def test_it_takes_the_gate_for_a_gate_and_a_memento_for_a_memento(
    client: MementoClient, server: str, article: Article
) -> None:
    here = f"{server}/api/v1/articles/{article.pk}"
    assert MementoClient.is_timegate(f"{here}/timegate", session=client.session)
    for place in (f"{here}/versions/1", f"{here}?at={rfc3339(ago(days=5))}"):
        assert MementoClient.is_memento(place)
    assert not MementoClient.is_memento(here)


def test_it_reads_the_timemap(client: MementoClient, server: str, article: Article) -> None:
    here = f"{server}/api/v1/articles/{article.pk}"
    text = client.session.get(f"{here}/versions", headers={"Accept": "application/link-format"}).text
    links = MementoClient.parse_link_header(text)
    mementos = [links[address]["datetime"][0] for address in links if "memento" in links[address]["rel"]]
    assert [client.convert_to_datetime(date) for date in mementos] == [
        naive(row.effective_from) for row in rows(article)
    ]
