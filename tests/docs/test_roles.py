"""docs/roles.md says what `cms.roles` says."""

import re

from cms.roles import ROLES, SCOPES, VERBS, scope_for
from tests.docs.pages import table_under, text_of

PAGE = "docs/roles.md"


def test_the_table_of_roles_and_verbs_is_that_of_the_code():
    header, *rows = table_under(text_of(PAGE), "## Verbs")
    roles = header[1:-1]
    assert roles == list(ROLES)
    told = {
        row[0].strip("`"): {role for role, cell in zip(roles, row[1:-1], strict=True) if cell} for row in rows
    }
    assert told == {verb: set(allowed) for verb, allowed in VERBS.items()}


def test_every_verb_is_explained():
    _, *rows = table_under(text_of(PAGE), "## Verbs")
    assert all(row[-1] for row in rows)


def test_the_table_of_scopes_is_that_of_the_code():
    _, *rows = table_under(text_of(PAGE), "## Scopes")
    told = {row[0].strip("`"): set(re.findall(r"`([a-z_.]+)`", row[1])) for row in rows}
    assert told == {scope: {verb for verb in VERBS if scope_for(verb) == scope} for scope in SCOPES}


def test_verbs_without_a_scope_are_named():
    after = text_of(PAGE).split("## Scopes", 1)[1]
    sentence = re.search(r"^(.*) have no scope\.$", after, re.MULTILINE)
    assert sentence
    assert set(re.findall(r"`([a-z_.]+)`", sentence[1])) == {
        verb for verb in VERBS if scope_for(verb) is None
    }
