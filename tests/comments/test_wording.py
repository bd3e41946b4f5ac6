"""What authors are told: every state and rule has its sentence in every language, and none promises watching."""

import pytest

from comments import wording

STATES = ["received", "being_read", "published", "not_published", "removed", "deleted"]


@pytest.mark.parametrize("locale", ["en", "fr", "fr-CA", "EN-gb"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_is_a_sentence(state, locale) -> None:
    for edit_waits in (True, False):
        assert wording.state_text(state, edit_waits=edit_waits, locale=locale).endswith(".")


def test_a_language_that_we_do_not_speak_gets_english() -> None:
    assert wording.language("de") == wording.language("") == "en"


@pytest.mark.parametrize("rule", ["crisis", "sellers", "some.site.check"])
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_rules_about_the_author_share_the_general_sentence(rule, locale) -> None:
    assert wording.waiting_text(rule, locale) == wording.waiting_text("anything", locale)


@pytest.mark.parametrize("reason", sorted(wording.REASONS))
def test_a_reason_reads_the_same_in_every_language_or_in_none(reason) -> None:
    told = {locale: wording.ruling_text(reason, locale) for locale in wording.LOCALES}
    assert all(told.values()) or not any(told.values())


def test_a_reason_that_is_about_the_author_is_not_told() -> None:
    assert wording.ruling_text("care", "en") is None
