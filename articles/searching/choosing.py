"""Which full text the connected database has."""

from django.db import connection

from articles.searching.base import FullText
from articles.searching.postgresql import TsVector
from articles.searching.sqlite import Fts5


def full_text() -> FullText:
    return TsVector() if connection.vendor == "postgresql" else Fts5()
