"""Who last changed a block: told from all versions, oldest first."""

from articles.diffing import Block, blame, blocks_of
from articles.markdown import carry_ids


def lived(*bodies: str) -> list[tuple[str, int, int]]:
    history: list[tuple[int, list[Block]]] = []
    ids: tuple[str, ...] = ()
    before: str | None = None
    for number, body in enumerate(bodies, 1):
        ids = carry_ids(body, previous_source=before, previous_ids=ids)
        before = body
        history.append((number, blocks_of(body, ids)))
    return [(entry.block["type"], entry.changed_in, entry.began_in) for entry in blame(history)]


def test_a_block_is_of_the_version_that_made_it_what_it_is() -> None:
    first = "Sleep often changes after trauma.\n\nIt usually settles.\n"
    assert lived(
        first, first.replace("often", "sometimes"), first.replace("often", "sometimes") + "\nA third.\n"
    ) == [
        ("paragraph", 2, 1),
        ("paragraph", 1, 1),
        ("paragraph", 3, 3),
    ]


def test_a_block_that_only_moved_stays_whose_it_was() -> None:
    assert lived("Alpha is here.\n\nBeta is there.\n", "Beta is there.\n\nAlpha is here.\n") == [
        ("paragraph", 1, 1),
        ("paragraph", 1, 1),
    ]


def test_a_change_that_was_taken_back_is_a_change() -> None:
    one, two = "Sleep often changes after trauma.\n", "Sleep always changes after trauma.\n"
    assert lived(one, two, one) == [("paragraph", 3, 1)]


def test_a_link_that_leads_elsewhere_counts() -> None:
    link = "See [it](https://example.org/a) here.\n"
    assert lived(link, link.replace("/a", "/b")) == [("paragraph", 2, 1)]


def test_a_body_that_is_empty_has_no_blocks() -> None:
    assert lived("Something.\n", "") == []
