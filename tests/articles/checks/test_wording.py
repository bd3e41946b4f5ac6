"""Lints of wording: what they find in English and French, what they leave alone, and whose advice they name."""

import pytest

from articles.checks.sources import SOURCES
from tests.articles.checks.texts import codes, the


@pytest.mark.parametrize(
    ("locale", "text", "code", "source"),
    [
        ("en", "Her brother committed suicide.", "suicide_wording", "who2023media"),
        ("en", "He had *committed*\nsuicide.", "suicide_wording", "who2023media"),
        ("en-CA", "It was a failed suicide attempt.", "suicide_wording", "who2023media"),
        ("en", "The bill was political suicide.", "suicide_wording", "who2023media"),
        ("en", "The suicide note was read aloud.", "suicide_wording", "who2023media"),
        ("fr", "Il a commis un suicide.", "suicide_wording", "who2023media"),
        ("fr", "Une tentative de suicide ratée.", "suicide_wording", "who2023media"),
        ("fr", "Sa lettre d’adieu.", "suicide_wording", "who2023media"),
        ("en", "Her suicide, by hanging, was in the papers.", "suicide_method", "who2023media"),
        ("fr", "Son suicide par pendaison.", "suicide_method", "who2023media"),
        ("en", "Two addicts told us.", "substance_wording", "nida2021words"),
        ("en", "She got clean in spring.", "substance_wording", "nida2021words"),
        ("en", "He is an alcoholic.", "substance_wording", "nida2021words"),
        ("fr", "Les toxicomanes du quartier.", "substance_wording", "nida2021words"),
        ("en", "A group for abuse victims.", "trauma_wording", "samhsa2014trauma"),
        ("fr", "Les victimes de traumatismes.", "trauma_wording", "samhsa2014trauma"),
    ],
)
def test_a_phrase_is_advice_that_names_its_source(locale: str, text: str, code: str, source: str) -> None:
    finding = the(code, text, locale=locale)
    assert finding.severity == "advice"
    assert finding.location == "/body_markdown"
    assert source in finding.message
    assert source in SOURCES


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "She died by suicide."),
        ("en", "He committed. Suicide was never mentioned."),
        ("en", "They commit\n\nsuicide research funds."),
        ("en", "Alcoholics Anonymous meets here, and an alcoholic drink was refused."),
        ("en", "The room was clean."),
        ("en", "A person who survived abuse."),
        ("de", "Er committed suicide."),
        ("fr", "Un homme est mort par suicide."),
        ("en", "See [the committee](https://example.org/committed-suicide)."),
    ],
)
def test_what_says_it_well_is_left_alone(locale: str, text: str) -> None:
    assert codes(text, locale=locale) & {"suicide_wording", "substance_wording", "trauma_wording"} == set()


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "A miracle for the anxious."),
        ("en", "This BREAKTHROUGH changes all."),
        ("en", "Results are guaranteed."),
        ("en", "It cured her."),
        ("en", "It is risk-free."),
        ("en", "It is not for children. It is a cure."),
        ("fr", "Un remède miracle."),
        ("fr", "Le résultat est garanti."),
        ("fr", "Elle guérit tout."),
    ],
)
def test_a_promise_is_a_warning(locale: str, text: str) -> None:
    assert the("promise", text, locale=locale).severity == "warning"


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "It is not a cure."),
        ("en", "There is no miracle."),
        ("en", "Nothing is guaranteed."),
        ("en", "The agency granted a breakthrough therapy designation."),
        ("en", "It isn't a miracle."),
        ("en", "A secure room, an accurate test, a procured list."),
        ("fr", "Ce n’est pas un miracle."),
        ("fr", "Rien n’est garanti."),
        ("fr", "Une cure de repos."),
    ],
)
def test_a_promise_that_is_denied_or_is_a_term_is_none(locale: str, text: str) -> None:
    assert "promise" not in codes(text, locale=locale)


def test_a_finding_says_where_it_stands() -> None:
    finding = the("promise", "One.\n\nTwo.\n\nA miracle.\n")
    assert (finding.location, finding.line) == ("/body_markdown", 5)


@pytest.mark.parametrize(
    ("fields", "location"),
    [
        ({"title": "A miracle"}, "/title"),
        ({"summary": "A miracle."}, "/summary"),
        ({"seo": {"title": "A miracle", "description": ""}}, "/seo/title"),
        ({"urgency": [{"level": "urgent", "text": "A miracle."}]}, "/urgency/0/text"),
    ],
)
def test_everything_that_readers_read_is_read(fields: dict, location: str) -> None:
    assert the("promise", **fields).location == location


def test_a_phrase_is_told_once_a_line_and_the_longest_one_counts() -> None:
    finding = the("suicide_wording", "A failed suicide attempt, a failed suicide attempt.\n")
    assert finding.message.startswith("“failed suicide attempt”")


def test_accents_capitals_and_soft_hyphens_hide_nothing() -> None:
    assert "promise" in codes("Guarante\u00aded.")
    assert "promise" in codes("UNE PERCE\u0301E MAJEURE.", locale="fr-CA")


def test_help_is_missed_where_a_text_speaks_of_suicide() -> None:
    text = "Thoughts of suicide pass. Most people who think of suicide live."
    card = {"level": "emergency", "text": "Call your emergency number."}
    assert the("suicide_without_help", text).severity == "advice"
    assert "suicide_without_help" not in codes(text, urgency=[card])
    assert "suicide_without_help" not in codes("Call the Suicide Crisis Helpline.")
