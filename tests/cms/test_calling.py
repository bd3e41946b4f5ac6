"""Calls of a site's own address: what may be called, how it is signed, and what counts as taken."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms import calling
from cms.env import called_address, signing_keys
from tests.receiver import receiver

NEW = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
OLD = "whsec_YW4gb2xkZXIga2V5IG9mIDI0IGJ5dGVz"


def test_each_key_signs_as_the_library_of_standard_webhooks_does() -> None:
    """The signatures were made with `standardwebhooks` 1.1."""
    headers = calling.signed(
        call_id="0198c0de",
        at=datetime(2026, 3, 1, 12, 0, 0, 999_999, tzinfo=UTC),
        body=b'{"grade":"immediate"}',
        keys=[NEW, OLD],
    )
    assert headers == {
        "webhook-id": "0198c0de",
        "webhook-timestamp": "1772366400",
        "webhook-signature": "v1,wTEIZ8c2SkH3fZFE9yLQji//NUxmca2j1dMnI+ySn0w= "
        "v1,fXJ1t6Ue0yhiWRSXfJJXEu7ZV/eeLBnOUdxCBF234+E=",
    }


@pytest.mark.parametrize("status", [301, 307, 308, 400, 410, 500])
def test_only_a_2xx_takes_a_call_and_a_redirect_is_not_followed(status: int) -> None:
    with receiver(status) as server:
        with pytest.raises(calling.NotTaken, match=f"^answered {status}$"):
            calling.post(f"{server.url}/alerts?from=site", b"{}", {})
        assert [call.path for call in server.calls] == ["/alerts?from=site"]


def test_where_nobody_answers_it_is_an_error_of_the_system() -> None:
    with receiver() as server:
        url = server.url
    with pytest.raises(ConnectionError):
        calling.post(url, b"{}", {})


@pytest.mark.parametrize(
    "url", ["https://desk.example/alerts?to=night", "https://[2001:db8::1]:8443/", "http://localhost:9000/x"]
)
def test_what_may_be_called(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("CALLED", url)
    assert called_address("CALLED") == url


@pytest.mark.parametrize(
    "url",
    [
        "http://desk.example/",
        "ftp://desk.example/",
        "desk.example",
        "https://",
        "https://user:password@desk.example/",
        "https://desk.example/#part",
        "https://desk.example:0/",
        "https://desk.example:port/",
        "https://desk.example/two words",
        "https://dësk.example/",
    ],
)
def test_any_other_address_stops_the_start_and_says_what_to_set(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("CALLED", url)
    with pytest.raises(ImproperlyConfigured, match=r"^Set CALLED to an https address") as refused:
        called_address("CALLED")
    assert url not in str(refused.value)


@pytest.mark.parametrize("keys", ["", "hidden", "whsec_c2hvcnQ=", "whsec_no base64", f"{NEW},whsec_"])
def test_a_key_that_is_none_stops_the_start_and_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, keys: str
) -> None:
    monkeypatch.setenv("KEY", keys)
    with pytest.raises(ImproperlyConfigured, match=r"^Set KEY to one or more signing keys") as refused:
        signing_keys("KEY", needed_for="https://desk.example/")
    assert not keys or keys not in str(refused.value)
    monkeypatch.delenv("KEY")
    assert signing_keys("KEY", needed_for="") == []
