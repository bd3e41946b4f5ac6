"""Personal data, detail that could harm, and how one writer turns to another."""

import pytest

from comments.gate import Reply, approaches, language, methods, third_parties
from comments.gate.folding import fold, words


def found(check, text: str) -> list[str]:
    return [text[slice(*verdict.span)] for verdict in check(Reply(text))]


class TestPersonalData:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("Write to her: mara@post.example please", "mara@post.example"),
            ("mara (at) post.example", "mara (at) post.example"),
            ("His number is +44 7700 900123.", "+44 7700 900123"),
            ("Il est au 06 39 98 12 34 le soir", "06 39 98 12 34"),
            ("He lives at 12 Elm Tree Road now", "12 Elm Tree Road"),
            ("Elle habite 3 rue de Provence", "3 rue de Provence"),
        ],
    )
    def test_what_leads_to_a_person_is_shown_to_a_moderator(self, text, shown) -> None:
        assert found(third_parties.check, text) == [shown]

    @pytest.mark.parametrize(
        "text",
        [
            "Call 116 123, they listened.",
            "The line is 0800 555 0100, day and night.",
            "It happened in 2019 and again in 2021.",
            "I slept 3 hours on the road.",
            "meet at home",
        ],
    )
    def test_helplines_years_and_hours_pass(self, text) -> None:
        assert not found(third_parties.check, text)


class TestMethods:
    @pytest.mark.parametrize(
        "text",
        [
            "I take 5 mg of it.",
            "They gave me 5mg daily.",
            "J'en prends 2 comprimés.",
            "Which method of suicide do they mean?",
            "How many people think of suicide and how to stop?",
        ],
    )
    def test_amounts_and_questions_after_ways_are_held(self, text) -> None:
        assert found(methods.check, text)

    @pytest.mark.parametrize(
        "text",
        ["I take the bus at 5.", "It weighs 5 g.", "How many people came?", "I take it as prescribed."],
    )
    def test_ordinary_numbers_and_questions_pass(self, text) -> None:
        assert not found(methods.check, text)


class TestApproaches:
    @pytest.mark.parametrize(
        "text",
        [
            "You can always message me, day or night.",
            "Let us talk privately. How old are you?",
            "Écris-moi en privé.",
            "You asked for it and everybody knows.",
            "I know where you live.",
            "Tu l'as bien cherché.",
        ],
    )
    def test_private_offers_and_words_that_hurt_are_held(self, text) -> None:
        assert found(approaches.check, text)

    @pytest.mark.parametrize(
        "text",
        [
            "Thank you for telling this.",
            "It was not your fault.",
            "My sister called me and we talked.",
            "Merci, tu as du courage.",
        ],
    )
    def test_kind_words_pass(self, text) -> None:
        assert not found(approaches.check, text)


class TestLanguage:
    def languages(self, text: str) -> frozenset[str]:
        return language.languages(words(fold(text)))

    def test_a_text_in_one_language(self) -> None:
        assert self.languages("I went to the sea and it was cold but the sun was out.") == {"en"}
        assert self.languages("Je suis allée à la mer et il faisait froid, mais le soleil était là.") == {
            "fr"
        }

    def test_a_text_in_both(self) -> None:
        assert self.languages(
            "I went to the sea and it was cold. Il faisait froid et je suis dans le train."
        ) == {"en", "fr"}

    def test_in_doubt_it_may_be_any(self) -> None:
        assert self.languages("ok") == {"en", "fr"}
        assert self.languages("uno dos tres cuatro cinco seis siete ocho nueve") == {"en", "fr"}
