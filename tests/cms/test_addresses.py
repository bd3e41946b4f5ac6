"""The client's address: what a client claims of itself is believed from trusted proxies only."""

from datetime import date

import pytest
from django.test import RequestFactory

from cms import addresses
from cms.addresses import address_digest, client_address
from cms.models import AddressKey

DAY, NEXT = date(2099, 11, 20), date(2099, 11, 21)


def address(settings, proxies, remote, forwarded=None):
    settings.TRUSTED_PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded is not None else {}
    return client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))


def test_a_client_that_rotates_x_forwarded_for_stays_one_client(settings):
    seen = {address(settings, 0, "198.51.100.7", f"203.0.113.{number}") for number in range(50)}
    assert seen == {"198.51.100.7"}


def test_behind_one_proxy_the_address_that_the_proxy_saw_counts(settings):
    assert address(settings, 1, "10.0.0.1", "203.0.113.66, 198.51.100.7") == "198.51.100.7"


def test_behind_two_proxies_the_outermost_saw_it(settings):
    assert address(settings, 2, "10.0.0.1", "203.0.113.66, 198.51.100.7, 10.0.0.2") == "198.51.100.7"


def test_a_request_past_the_outer_proxy_is_known_by_what_the_inner_one_saw(settings):
    assert address(settings, 2, "10.0.0.1", "198.51.100.7") == "198.51.100.7"
    assert address(settings, 2, "10.0.0.1") == "10.0.0.1"


@pytest.mark.parametrize(
    ("sent", "known"),
    [
        ("198.51.100.7:5511", "198.51.100.7"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("fe80::1%eth0", "fe80::1"),
    ],
)
def test_addresses_have_one_form(settings, sent, known):
    assert address(settings, 1, "10.0.0.1", sent) == known


@pytest.mark.parametrize("sent", ["unknown", "", "<script>", "999.1.1.1", "198.51.100.٧"])
def test_what_is_no_address_is_not_used(settings, sent):
    assert address(settings, 1, "10.0.0.1", sent) == "10.0.0.1"


def test_a_server_behind_a_unix_socket_has_an_address_too(settings):
    assert address(settings, 0, "") == "::"


@pytest.fixture
def fresh_process(db, monkeypatch):
    """A process that has asked for no key yet; calling it begins another."""

    def begin():
        monkeypatch.setattr(addresses, "_known", None)

    begin()
    return begin


def test_a_digest_hides_the_address_and_is_the_same_all_day_in_every_process(fresh_process):
    digest = address_digest("198.51.100.7", DAY)
    assert len(digest) == 64
    assert digest != address_digest("198.51.100.8", DAY)
    fresh_process()
    assert digest == address_digest("198.51.100.7", DAY)


def test_digests_of_two_days_do_not_compare_and_the_old_key_is_gone(fresh_process):
    digest = address_digest("198.51.100.7", DAY)
    assert digest != address_digest("198.51.100.7", NEXT)
    assert list(AddressKey.objects.values_list("day", flat=True)) == [NEXT]
    assert digest != address_digest("198.51.100.7", DAY), "whoever asks for the day again gets another key"


def test_the_key_alone_does_not_tell_an_address(fresh_process, settings):
    """Whoever steals the database lacks the site's own key."""
    digest = address_digest("198.51.100.7", DAY)
    settings.DIGEST_KEYS = ["another key of the site, which is long enough"]
    assert digest != address_digest("198.51.100.7", DAY)


def test_a_household_with_ipv6_is_one_network(fresh_process):
    assert address_digest("2001:db8::1", DAY) == address_digest("2001:db8::ffff:2", DAY)
    assert address_digest("2001:db8::1", DAY) != address_digest("2001:db8:0:1::1", DAY)
