"""The desk lists articles by topic: which ones the newest text names stands in a column, as its title does."""

import json

from django.db import migrations, models

BATCH = 1_000


def fill(apps, schema_editor):
    article, revision = apps.get_model("articles", "Article"), apps.get_model("articles", "Revision")
    heads = revision.objects.filter(number=models.F("article__head_number")).order_by("article_id")
    found = list(heads.values_list("article_id", "content")[:BATCH])
    while found:
        for article_id, content in found:
            topics = json.loads(bytes(content))["topics"] if content else []  # of a purged text nothing is left
            if topics:
                article.objects.filter(pk=article_id).update(head_topics=f" {' '.join(topics)} ")
        found = list(heads.filter(article_id__gt=found[-1][0]).values_list("article_id", "content")[:BATCH])


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_unfinished_words")]

    operations = [
        migrations.AddField("article", "head_topics", models.TextField(default="")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
