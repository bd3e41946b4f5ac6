"""A review may set the day of the next one; what is stale or overdue is found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_translation_source")]

    operations = [
        migrations.AddField("review", "next_due_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "publication", models.Index(fields=["review_status", "effective_until"], name="publication_review")
        ),
        migrations.AddIndex(
            "publication",
            models.Index(fields=["review_due_at", "effective_until"], name="publication_review_due"),
        ),
    ]
