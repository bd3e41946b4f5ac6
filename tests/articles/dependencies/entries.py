"""Changing entries of the catalogue as an editor would, and walking to the second in which readers see it."""

from collections.abc import Callable
from datetime import datetime

from articles import actions
from articles.models import CatalogueItem
from cms import transactions
from cms.preconditions import IfMatch

Travel = Callable[[float], datetime]
SEEN = 2
"""Seconds after which whatever was stamped now has begun."""


def saved(item: CatalogueItem, **content: object) -> CatalogueItem:
    """The entry with these members changed, saved by somebody who has just read it."""
    item.refresh_from_db()
    head = item.versions.get(number=item.head_number)
    expected = IfMatch((item.etag,))
    return transactions.run(
        lambda: actions.save_entry(
            item_id=item.pk, content=head.document | content, expected=expected, by=None
        )
    )


def retitled(item: CatalogueItem, title: str) -> CatalogueItem:
    """The topic under another English title."""
    return saved(item, title={"en": title})
