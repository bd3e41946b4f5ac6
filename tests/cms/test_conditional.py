"""If-Match and If-None-Match as clients and proxies really send them."""

import pytest
from django.test import RequestFactory

from cms.conditional import etag_of, if_match, not_modified
from cms.errors import Malformed, PreconditionMissing

CURRENT = '"r7-31"'


def request(**headers):
    return RequestFactory().get("/", headers=headers)


@pytest.mark.parametrize(
    "sent", [CURRENT, f"W/{CURRENT}", f' "x" ,W/{CURRENT}', '"r7-31-gzip"', '"r7-31;br"']
)
def test_a_tag_that_compression_weakened_still_matches(sent):
    if_match(request(if_match=sent)).require(CURRENT)


def test_a_missing_tag_is_asked_for():
    with pytest.raises(PreconditionMissing):
        if_match(request())


def test_a_star_is_refused_because_it_would_overwrite_anything():
    with pytest.raises(Malformed) as caught:
        if_match(request(if_match="*"))
    assert caught.value.code == "if_match_star"


@pytest.mark.parametrize("sent", ["r7-31", '"r7-31', 'w/"r7-31"', '"a" "b"', '"a",', '"a b"'])
def test_what_is_no_list_of_tags_is_malformed(sent):
    with pytest.raises(Malformed):
        if_match(request(if_match=sent))


def test_etags_are_strong_and_of_the_bytes():
    assert etag_of(b"a") == etag_of(b"a") != etag_of(b"b")
    assert len(etag_of(b"a")) == 34
    assert etag_of(b"a").startswith('"')


@pytest.mark.parametrize("sent", [CURRENT, f"W/{CURRENT}", f'"a", W/{CURRENT}', "*", '"r7-31-gzip"'])
def test_a_copy_that_is_current_is_not_sent_again(sent):
    assert not_modified(request(if_none_match=sent), CURRENT)


@pytest.mark.parametrize("sent", ["", '"r7-3"', "r7-31", "garbage"])
def test_another_copy_is_replaced(sent):
    assert not not_modified(request(if_none_match=sent), CURRENT)
