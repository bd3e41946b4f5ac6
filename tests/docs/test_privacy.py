"""docs/privacy.md says what the settings say."""

from django.conf import settings

from tests.docs.pages import table_under, text_of


def test_every_clock_is_explained_with_its_period():
    _, *rows = table_under(text_of("docs/privacy.md"), "## How long things are kept")
    told = {row[0].strip("`"): int(row[1]) for row in rows}
    assert told == settings.RETENTION
    assert all(all(row) for row in rows)
