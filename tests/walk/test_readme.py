"""How `tests.walk.readme` reads a document and judges what its calls print, with a document of the test's own."""

from pathlib import Path

import pytest

from tests.walk import readme

DOCUMENT = """
```console
exit 1
```

```sh
NAME=bowl
echo "a $NAME"
# => a bowl
echo http://localhost:8000/api
```

Some words.

```sh
printf '{ "piece":\\n  "%s" }' "$NAME"
# => "piece": "bowl"
# => }
```
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return tmp_path / "README.md"


def test_only_blocks_marked_sh_are_steps():
    assert [step.expected for step in readme.steps_of(DOCUMENT)] == [
        ("a bowl",),
        (),
        ('"piece": "bowl"', "}"),
    ]


def test_steps_share_one_shell_and_meet_the_server_they_are_given():
    outcomes = readme.run(readme.steps_of(DOCUMENT), "http://127.0.0.1:9")
    assert [outcome.failures() for outcome in outcomes] == [[], [], []]
    assert outcomes[1].output == "http://127.0.0.1:9/api\n"


def test_an_answer_otherwise_than_printed_is_reported_with_what_came(document, capsys):
    document.write_text("```sh\necho broken\n# => mended\necho whole\n# => whole\n```\n")
    assert readme.main("http://127.0.0.1:9", document) == 1
    printed = capsys.readouterr().out
    assert "expected 'mended'" in printed
    assert "broken" in printed
    assert "1 of 2 steps as printed, 1 otherwise" in printed


def test_a_command_that_fails_ends_the_walk_there(document, capsys):
    document.write_text("```sh\necho before\nfalse\necho after\n# => after\n```\n")
    assert readme.main("http://127.0.0.1:9", document) == 1
    assert "ended with an error" in capsys.readouterr().out


def test_a_document_without_calls_is_no_success(document, capsys):
    document.write_text("Nothing to run.\n")
    assert readme.main("http://127.0.0.1:9", document) == 1
    assert "nothing was walked" in capsys.readouterr().out
