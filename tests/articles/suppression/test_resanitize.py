"""Today's sanitiser over yesterday's bytes: what it would change is re-rendered, and suppressed in the past."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from articles.actions.resanitising import look, unharmed
from articles.models import Article, Publication, Rendering, Suppression
from articles.rendering import document as rendering
from cms import clock
from cms.models import AuditEntry
from tests.articles.reader import document, served
from tests.builders import DAY, a_published_article, an_article, an_entry, fresh, published, rows, with_past

pytestmark = pytest.mark.django_db
QUOTED = {"type": "book", "title": 'It\'s "quoted" & <marked>\u00a0x', "URL": "https://e.org/?a=1&b='2'"}
UNSAFE = '<img src="x" onerror="alert(1)">'


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("resanitize", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def unsafe(monkeypatch: pytest.MonkeyPatch) -> Article:
    """Rendered when the sanitiser let an image with a script through: two versions, the second is public."""
    with monkeypatch.context() as older:
        sound = rendering._body
        older.setattr(rendering, "_body", lambda body: {**sound(body), "html": body.html + UNSAFE})
        article = an_article(slug="unsafe")
        return with_past(article, clock.read_instant() - 9 * DAY, clock.read_instant() - 3 * DAY)


def test_what_is_safe_is_left_alone(article: Article) -> None:
    an_entry("reference", "alpha", csl=QUOTED)
    a_published_article(slug="cited", body_markdown="Rest [@alpha].\n", kind="guide")
    before = list(Publication.objects.values_list("pk", flat=True))
    assert run().splitlines()[-1] == "Done: 3 documents looked at, 0 of them unsafe by today's rules."
    assert list(Publication.objects.values_list("pk", flat=True)) == before


def test_a_dry_run_counts_and_changes_nothing(unsafe: Article) -> None:
    said = run("--dry-run")
    assert "2 looked at, 2 would be changed" in said
    assert "1 articles show them within reach." in said
    assert len(rows(unsafe)) == 2
    assert not Suppression.objects.exists()


def test_the_public_text_is_rendered_anew_and_the_past_is_suppressed(unsafe: Article) -> None:
    said = run()
    assert "1 articles re-rendered, 2 past publications suppressed." in said
    assert UNSAFE not in document(unsafe)["body"]["html"]
    assert [row.update_type for row in rows(unsafe)] == ["major", "major", "rerender"]
    for days in (8, 2):
        assert served(unsafe, clock.read_instant() - days * DAY) == "gone: security"


def test_it_is_by_nobody_and_audited(unsafe: Article) -> None:
    run()
    found = Suppression.objects.get()
    assert (found.requested_by, found.confirmed_by, found.reason) == (None, None, "security")
    entry = AuditEntry.objects.get(verb="article.suppress")
    assert (entry.actor, entry.detail["publications"]) == (None, 2)


def test_a_second_run_finds_nothing_left_to_do(unsafe: Article) -> None:
    run()
    sequence = fresh(unsafe).sequence
    assert "0 articles re-rendered, 0 past publications suppressed." in run()
    assert (fresh(unsafe).sequence, Suppression.objects.count()) == (sequence, 1)


def test_a_run_that_was_stopped_goes_on_after_the_hash_it_printed(unsafe: Article) -> None:
    first = look(limit=1)
    assert first is not None
    assert "1 looked at, 1 would be changed" in run("--dry-run", "--after", first.last)


def test_the_text_itself_can_be_published_again(unsafe: Article) -> None:
    run()
    assert published(unsafe).row is not None


def test_an_unsafe_block_is_found_however_deep_it_lies(article: Article) -> None:
    row = rows(article)[0]
    body = json.loads(bytes(row.rendering.body))
    body["body"]["blocks"][0]["items"] = [{"html": UNSAFE}]
    Rendering.objects.create(sha256="f" * 64, body=json.dumps(body).encode())
    batch = look(after="e" * 64)
    assert batch is not None
    assert "f" * 64 in batch.unsafe


@pytest.mark.parametrize(
    ("html", "unchanged"),
    [
        ("<p>It&#x27;s &quot;so&quot;</p>", True),
        ('<p><a href="https://e.org/?q=&#x27;" rel="noopener">x</a></p>', True),
        ('<p onclick="alert(&quot;1&quot;)">x</p>', False),
        ("<p onclick=alert(1)>x</p>", False),
        ("<script>&quot;</script>", False),
        ('<a href="javascript:alert(1)">x</a>', False),
    ],
)
def test_another_spelling_of_the_same_is_no_change(html: str, unchanged: bool) -> None:
    assert unharmed(html) is unchanged


def test_the_old_text_was_served_with_it_before(unsafe: Article) -> None:
    assert UNSAFE in document(unsafe, rows(unsafe)[0].effective_from)["body"]["html"]
