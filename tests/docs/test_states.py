"""docs/states.md has the diagrams and tables that the verbs judge by."""

from articles.management.commands.states import of_articles, of_releases
from tests.docs.pages import text_of


def test_the_page_holds_the_diagrams_and_tables_of_the_code() -> None:
    page = text_of("docs/states.md")
    for part in (*of_articles(), *of_releases()):
        assert f"\n\n{part}\n" in page, "run `manage.py states` and put what it prints in its place"
