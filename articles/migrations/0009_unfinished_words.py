"""SQLite's full text finds the beginning of a word of up to seven letters by one entry of its index, in many texts as in
few: it had to gather all words that begin so, and all their texts, before it could give the newest.

The index holds no copy of what it indexes, so it begins empty: `manage.py reindex`, which `up` runs, fills it again.
"""

from django.db import migrations

_CREATE = (
    "CREATE VIRTUAL TABLE articles_searchindex USING fts5(title, summary, headings, body, "
    "content='', contentless_delete=1, tokenize='ascii', prefix='{}')"
)


def _begin_again(prefix):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor != "sqlite":
            return
        schema_editor.execute("DROP TABLE articles_searchindex")
        schema_editor.execute(_CREATE.format(prefix))
        schema_editor.execute("UPDATE articles_searchtext SET analysis = 0")

    return run


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_lists")]

    operations = [migrations.RunPython(_begin_again("3 4 5 6 7 8"), _begin_again("3 4"))]
