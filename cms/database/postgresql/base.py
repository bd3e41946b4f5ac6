"""PostgreSQL through Django's backend, with commits in time."""

from django.db.backends.postgresql import base

from cms.database.commits import TimedCommits


class DatabaseWrapper(TimedCommits, base.DatabaseWrapper):
    pass
