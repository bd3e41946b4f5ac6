"""`manage.py import_redirects`: every line is reported, and all are made or none."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.models import Redirect
from cms.models import AuditEntry
from tests.builders import a_published_article, a_redirect

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "redirects.csv"


def imported(file: Path, text: str, *options: str) -> list[str]:
    """The lines that the command writes."""
    file.write_text(text, encoding="utf-8-sig")
    out = StringIO()
    call_command("import_redirects", str(file), *options, stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()


def refused(file: Path, text: str) -> list[str]:
    """The lines of a refusal, after which nothing has changed."""
    file.write_text(text)
    before = set(Redirect.objects.values_list("path", "target", "article"))
    errors = StringIO()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("import_redirects", str(file), stdout=StringIO(), stderr=errors)
    assert set(Redirect.objects.values_list("path", "target", "article")) == before
    return errors.getvalue().splitlines()


def test_rows_become_redirects_to_paths_and_to_articles(file: Path) -> None:
    article = a_published_article()
    told = imported(file, f"path,target\n/old/,/new\n\n/2019/caf%C3%A9,{article.pk}\n")
    assert told == [
        "2: /old -> /new: added",
        f"4: /2019/café -> {article.pk}: added",
        "Done.",
    ]
    found = Redirect.objects.order_by("path").values_list("path", "target", "article")
    assert list(found) == [("/2019/café", "", article.pk), ("/old", "/new", None)]
    assert AuditEntry.objects.filter(verb="redirect.create").count() == 2


def test_a_second_reading_changes_nothing_and_another_target_changes_it(file: Path) -> None:
    imported(file, "/a,/b\n/c,/d\n")
    assert imported(file, "/a,/b\n/c,/e\n")[:2] == ["1: /a -> /b: unchanged", "2: /c -> /e: changed"]
    assert Redirect.objects.get(path="/c").etag == '"d2"'


def test_a_rehearsal_says_the_same_and_does_nothing(file: Path) -> None:
    told = imported(file, "/a,/b\n", "--dry-run")
    assert told == ["1: /a -> /b: added", "Nothing was changed."]
    assert not Redirect.objects.exists()
    assert not AuditEntry.objects.exists()


def test_every_wrong_line_is_named_and_nothing_is_made(file: Path) -> None:
    told = refused(
        file,
        "/a,/b\nhttps://old.example/a,/b\n/c\n/a/,/d\n/e,//other.example\n/f,sleep\n/g,/g/\n",
    )
    assert [line.partition(":")[0] for line in told] == ["2", "3", "4", "5", "6", "7"]


def test_an_article_that_there_is_not_is_named_by_its_line(file: Path) -> None:
    told = refused(file, "/a,/b\n/c,01890f5e-0000-7000-8000-000000000000\n")
    assert told == ["2: There is no such article."]


def test_a_circle_through_what_was_there_is_refused(file: Path) -> None:
    a_redirect("/b", "/c")
    told = refused(file, "/a,/b\n/c,/a\n")
    assert len(told) == 1
    assert "circle" in told[0]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'/a,"/b\n'])
def test_a_file_that_is_no_csv_in_utf_8_is_told_so(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("import_redirects", str(file), stdout=StringIO(), stderr=StringIO())
    assert not Redirect.objects.exists()


def test_a_file_that_is_not_there_is_told_so(file: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_redirects", str(file))
