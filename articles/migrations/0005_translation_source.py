"""What a translation was made from stands on its publication, where delivery can count how far it lags."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_versions")]

    operations = [
        migrations.AddField("publication", "source_article", models.UUIDField(null=True)),
        migrations.AddField("publication", "source_revision", models.PositiveIntegerField(null=True)),
    ]
