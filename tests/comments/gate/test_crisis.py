"""Grades of crisis: who is meant, whether it is denied, whether it is now; and a site that does not grade."""

import pytest

from comments import gate
from comments.gate import Reply, crisis
from comments.gate.folding import words
from comments.gate.persons import NOBODY, READER, SOMEBODY, WRITER, meant_at


def grade(text: str) -> str:
    return gate.GRADES[max((verdict.grade for verdict in crisis.check(Reply(text))), default=0)]


class TestWhoIsMeant:
    @pytest.mark.parametrize(
        "text",
        [
            "I think of suicide more than I sleep.",
            "Last year I was suicidal for months.",
            "Suicide is what I think of at night.",
            "My suicidal thoughts came back in spring.",
            "Je pense au suicide depuis l'hiver.",
        ],
    )
    def test_the_writers_own_is_a_concern(self, text) -> None:
        assert grade(text) == "concern"

    @pytest.mark.parametrize(
        "text",
        [
            "My brother was suicidal for a year.",
            "My neighbour said that she thinks of suicide.",
            "Please do not kill yourself.",
            "Are you suicidal?",
            "People who want to die and suicide are the subject of this page.",
            "Suicide is the subject of this page.",
            "Son frère a fait une tentative de suicide.",
        ],
    )
    def test_what_is_said_of_others_is_a_mention(self, text) -> None:
        assert grade(text) == "mention"

    def test_what_the_reader_wants_is_not_what_the_writer_wants(self) -> None:
        assert grade("If you want to die, please talk to somebody.") == "none"
        assert grade("If I want to die, whom do I talk to?") == "concern"

    def test_words_that_need_the_writer_are_nothing_without_them(self) -> None:
        assert grade("The meeting dragged on; end it, said she.") == "none"
        assert grade("Some nights I would end it.") == "concern"


class TestDenialAndTime:
    @pytest.mark.parametrize(
        "text", ["I am not suicidal.", "I was never suicidal.", "Je n'ai jamais été suicidaire."]
    )
    def test_a_state_that_is_denied_is_a_mention(self, text) -> None:
        assert grade(text) == "mention"

    def test_an_act_that_is_denied_stays_a_concern(self) -> None:
        assert grade("I would never kill myself.") == "concern"

    def test_the_past_is_no_emergency(self) -> None:
        assert grade("I wanted to die that winter. It is over.") == "concern"

    def test_a_time_near_by_makes_it_one(self) -> None:
        assert grade("I want to die, tonight") == "immediate"

    def test_saying_that_one_is_well_is_nothing(self) -> None:
        assert grade("I slept, I ate, and I went for a walk.") == "none"


class TestSwitch:
    def test_a_site_may_leave_grading_off(self, settings) -> None:
        settings.COMMENT_CRISIS_GRADING = False
        assert grade("I want to die tonight") == "none"


class TestPersons:
    def meant(self, text: str) -> list[str]:
        return meant_at(words(Reply(text).folded), text)

    def test_the_nearest_person_before_a_word_counts(self) -> None:
        assert self.meant("I went, you stayed, she left") == [
            WRITER,
            WRITER,
            READER,
            READER,
            SOMEBODY,
            SOMEBODY,
        ]

    def test_a_new_sentence_begins_with_nobody(self) -> None:
        assert self.meant("I slept. Rain fell") == [WRITER, WRITER, NOBODY, NOBODY]

    def test_nobody_is_remembered_for_ever(self) -> None:
        assert self.meant("I " + "word " * 20)[-1] == NOBODY
