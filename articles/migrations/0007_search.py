"""The texts that search looks through, and beside them the database's own full text: FTS5, or vectors with GIN.

FTS5 keeps no copy of what it indexes, and takes ASCII tokens as they come, for words are taken apart by the service.
"""

import django.db.models.deletion
from django.db import migrations, models

CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE articles_searchindex USING fts5(title, summary, headings, body, "
        "content='', contentless_delete=1, tokenize='ascii', prefix='3 4')",
    ),
    "postgresql": (
        "ALTER TABLE articles_searchtext ADD COLUMN title_vector tsvector, "
        "ADD COLUMN head_vector tsvector, ADD COLUMN full_vector tsvector",
        "CREATE INDEX searchtext_title ON articles_searchtext USING gin (title_vector)",
        "CREATE INDEX searchtext_head ON articles_searchtext USING gin (head_vector)",
        "CREATE INDEX searchtext_full ON articles_searchtext USING gin (full_vector)",
    ),
}
DROP = {
    "sqlite": ("DROP TABLE articles_searchindex",),
    "postgresql": (
        "ALTER TABLE articles_searchtext DROP COLUMN title_vector, DROP COLUMN head_vector, DROP COLUMN full_vector",
    ),
}


def _on(statements):
    def run(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_review")]

    operations = [
        migrations.CreateModel(
            name="SearchSpelling",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=20)),
                ("word", models.CharField(max_length=20)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["key"], name="searchspelling_key"),
                    models.Index(fields=["word"], name="searchspelling_word"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("locale", models.CharField(max_length=35)),
                ("kind", models.CharField(max_length=16)),
                ("title", models.TextField()),
                ("summary", models.TextField()),
                ("headings", models.TextField()),
                ("body", models.TextField()),
                ("analysis", models.PositiveSmallIntegerField()),
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_text",
                        to="articles.publication",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["analysis"], name="searchtext_analysis")]},
        ),
        migrations.RunPython(_on(CREATE), _on(DROP)),
    ]
