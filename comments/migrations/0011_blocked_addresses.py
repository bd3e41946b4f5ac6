"""Addresses that moderators block, with who did so and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0010_labels_and_readings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("contact", "blocked_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "contact",
            "blocked_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("contact", "block_note", models.CharField(default="", max_length=1000)),
    ]
