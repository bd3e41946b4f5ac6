"""What of the site is needed with every reply and every list of helplines, in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from cms.models.site import Site
from cms.prepared import PreparedQuery
from cms.support import support_text


@dataclass(frozen=True)
class Magazine:
    """A site's rules for replies; the defaults are those of one that is not set up. `demo`: it is a demonstration."""

    default_locale: str = "en"
    staffed_hours: Mapping[str, Any] = field(default_factory=dict)
    support_texts: Mapping[str, str] = field(default_factory=dict)
    comments_close_after_days: int | None = None
    demo: bool = False

    def support_text(self, locale: str | None = None) -> str:
        """The sentence on support in a BCP 47 locale; without one, in the site's own."""
        return support_text(self.support_texts, locale or self.default_locale)


def magazine() -> Magazine:
    """As it is now. One query."""
    row = _ROW.first()
    return Magazine(*row) if row else Magazine()


def _row() -> QuerySet:
    return Site.objects.filter(pk=1).values_list(*Magazine.__dataclass_fields__)


_ROW = PreparedQuery(_row, {})
