"""Two plain tables in the measured database, made by `fill` and by nothing else."""

import json
from typing import ClassVar

from django.db import connection, models

from articles.models import Publication
from cms import clock, triggers

MOST = 1_000


class Stored(models.Model):
    """An article as a plain Django project has it: columns to serialise, and the bytes that readers got."""

    slug = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=16)
    locale = models.CharField(max_length=35)
    title = models.CharField(max_length=300)
    summary = models.TextField()
    html = models.TextField()
    medical = models.BooleanField()
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField()
    document = models.BinaryField()

    objects: ClassVar["models.Manager[Stored]"] = models.Manager()

    def __str__(self) -> str:
        return self.slug


class Written(models.Model):
    """One row of an insert."""

    text = models.TextField()
    written_at = models.DateTimeField()

    objects: ClassVar["models.Manager[Written]"] = models.Manager()

    def __str__(self) -> str:
        return str(self.pk)


def fill() -> list[str]:
    """Make both tables anew, and copy up to `MOST` articles that are live into the first. Gives their slugs."""
    there = set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        for model in (Stored, Written):
            if model._meta.db_table in there:
                editor.delete_model(model)
            editor.create_model(model)
    triggers.install(connection)  # a change of the schema takes them away, as before a migration
    live = Publication.objects.live(clock.read_instant()).select_related("rendering").order_by("id")[:MOST]
    rows = Stored.objects.bulk_create([_stored(row) for row in live], batch_size=100)
    return [row.slug for row in rows]


def _stored(row: Publication) -> Stored:
    body = bytes(row.rendering.body) if row.rendering else b"{}"
    document = json.loads(body)
    return Stored(
        slug=row.slug,
        kind=row.article_kind,
        locale=row.locale,
        title=document["title"],
        summary=document["summary"],
        html=document["body"]["html"],
        medical=row.medical,
        published_at=row.published_at,
        updated_at=row.updated_at,
        version=row.version,
        document=body,
    )
