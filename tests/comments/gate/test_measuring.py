"""`measure_gate` prints counts, shares and times of a folder of replies, and none of its words."""

import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db

REPLIES = (
    {"source": "cssrs", "label": "Attempt", "text": ["I walked.", "Last year I was suicidal."]},
    {"source": "cssrs", "label": "Supportive", "text": ["Please rest, quillfeather."]},
    {"source": "dreaddit:ptsd", "label": "genuine", "text": "I slept badly."},
    {"source": "youtube:Song", "label": "spam", "text": "Subscribe to me"},
    {"source": "counselchat:sleep", "label": "genuine", "text": "Why do I wake at four?"},
)


@pytest.fixture
def folder(tmp_path):
    lines = "\n".join(json.dumps(reply) for reply in REPLIES)
    (tmp_path / "replies.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def test_it_prints_the_figures(folder, capsys) -> None:
    call_command("measure_gate", str(folder))
    printed = capsys.readouterr().out
    for line in (
        "Ideation, Behavior, Attempt: 1 of 1 (100.00%)",
        "Supportive: 0 of 1 (0.00%)",
        "Ideation: 0 of 0 (none there)",
        "spam: 1 of 1 (100.00%)",
        "dreaddit and counselchat, genuine: 0 of 2 (0.00%)",
        "A check failed on 0 of 5",
        "10,000 characters, the worst",
    ):
        assert line in printed
    assert "quillfeather" not in printed


def test_it_prints_one_document(folder, capsys) -> None:
    call_command("measure_gate", str(folder), "--json")
    document = json.loads(capsys.readouterr().out)
    (attempt,) = [entry for entry in document["replies"] if entry["label"] == "Attempt"]
    assert attempt["entries"] == attempt["concern"] == 1
    assert attempt["rules"] == {"crisis": 1}
    assert set(document["milliseconds"]) == {"database", "usual_median", "usual_longest", "worst"}
    assert set(document["milliseconds"]["worst"]) == {"text", "processor", "clock"}


def test_a_folder_without_replies_is_told(tmp_path) -> None:
    with pytest.raises(CommandError, match=r"cannot be read: FileNotFoundError"):
        call_command("measure_gate", str(tmp_path))


@pytest.mark.parametrize("line", ["{", "{}", '{"source": "a", "label": "b"}'])
def test_a_line_that_is_no_reply_is_told(tmp_path, line) -> None:
    (tmp_path / "replies.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(CommandError, match=r"cannot be read: (JSONDecodeError|KeyError)"):
        call_command("measure_gate", str(tmp_path))
