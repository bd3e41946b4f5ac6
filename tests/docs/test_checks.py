"""docs/checks.md explains every code that a check or the grammar can report, and no other."""

import ast

from articles.checks import MOST_OF_A_CODE, dosing, law, notes
from articles.checks.fields import SUMMARY_LENGTH, TITLE_LENGTH
from articles.checks.phrases import PROMISES, SUBSTANCE_USE, SUICIDE, TRAUMA
from articles.checks.sources import SOURCES
from articles.markdown.problems import CATALOGUE, MAX_PROBLEMS
from articles.markdown.syntax import MAX_NESTING
from tests.docs.pages import ROOT, table_under, tables, text_of

PAGE = "docs/checks.md"


def told():
    """Code to severity, as the tables of the page say."""
    rows = [
        row for row in tables(text_of(PAGE)) if row[0].startswith("`") and row[0].strip("`") not in SOURCES
    ]
    assert len(rows) == len({row[0] for row in rows}), "a code is explained twice"
    return {row[0].strip("`"): row[1] for row in rows}


def found_in_checks():
    """Code to severity of every Finding that a module of `articles.checks` makes with a code of its own."""
    calls = [
        node
        for module in sorted((ROOT / "articles" / "checks").glob("*.py"))
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    findings = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Finding"]
    return {
        call.args[0].value: call.args[1].value for call in findings if isinstance(call.args[0], ast.Constant)
    }


def test_every_code_is_explained_with_its_severity():
    code = found_in_checks() | {name: severity for name, (severity, _) in CATALOGUE.items()}
    assert told() == code


def test_every_code_says_what_it_is_and_how_to_mend_it():
    for row in tables(text_of(PAGE)):
        assert len(row) == (3 if row[0] == "source" or row[0].strip("`") in SOURCES else 4), row
        assert all(row), row


def test_the_numbers_are_those_of_the_code():
    text = text_of(PAGE)
    assert f"more than {MAX_PROBLEMS} problems" in text
    assert f"at most {MAX_NESTING} levels deep" in text
    assert f"at most {MOST_OF_A_CODE} findings" in text
    assert f"within {dosing.REACH} words" in text
    assert f"{notes.ENOUGH} words of one family" in text
    assert f"{TITLE_LENGTH} characters" in text
    assert f"{SUMMARY_LENGTH} characters" in text
    assert f"{law.MENTIONS} times or more" in text


def test_the_page_names_every_source_that_a_lint_names():
    listed = {row[0].strip("`") for row in table_under(text_of(PAGE), "### Whose advice the lints are")[1:]}
    lints = [
        lint
        for family in (SUICIDE, SUBSTANCE_USE, TRAUMA, PROMISES)
        for some in family.values()
        for lint in some
    ]
    assert {lint.source for lint in lints} - {""} <= set(SOURCES)
    assert listed == set(SOURCES)
