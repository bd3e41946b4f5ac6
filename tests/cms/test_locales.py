"""Language tags: one form in which each is kept, whatever case it was written in (RFC 5646, section 2.1.1)."""

import pytest

from cms.locales import LONGEST, canonical, is_locale

TAGS = (
    "en",
    "fr-CA",
    "zh-Hant",
    "zh-Hant-TW",
    "en-CA-x-ca",
    "sgn-BE-FR",
    "az-Latn-x-latn",
    "es-419",
    "sl-rozaj-biske",
)


@pytest.mark.parametrize("tag", TAGS)
def test_case_says_nothing(tag: str) -> None:
    assert {canonical(tag), canonical(tag.lower()), canonical(tag.upper())} == {tag}


def test_behind_a_singleton_all_is_small() -> None:
    assert canonical("DE-de-U-CO-PHONEBK-KA-SHIFTED") == "de-DE-u-co-phonebk-ka-shifted"


@pytest.mark.parametrize("text", ["", "e", "fr_CA", "fr-", "-fr", "fr CA", "é", "fr-CA\n", "en-" + "a" * 9])
def test_what_is_no_tag(text: str) -> None:
    assert not is_locale(text)


def test_a_tag_has_a_length() -> None:
    tag = "en-" + "-".join(["abcdefgh"] * 3)
    assert len(tag) <= LONGEST
    assert is_locale(tag)
    assert not is_locale(f"{tag}-abcdefgh")
