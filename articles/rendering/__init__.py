"""From a revision and the catalogue to the bytes that readers get. Pure: no database, no clock, no settings."""

from articles.rendering.document import Document, render_article
from articles.rendering.facts import Correction, Entry, Facts, Reviewed, Withdrawal

__all__ = ["Correction", "Document", "Entry", "Facts", "Reviewed", "Withdrawal", "render_article"]
