"""A column as a condition beside an index: asked of the rows that another index gives, never the reason to take one."""

from typing import Any

from django.db import models


class Beside(models.Func):
    """SQLite keeps no statistics and takes every equality for selective; PostgreSQL judges for itself."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)
