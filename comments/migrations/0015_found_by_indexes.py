"""The blocked addresses, and the open reports in their order, are found by indexes of their own."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0014_decisions_of_persons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="report", name="report_open"),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("blocked_at__isnull", False)),
                fields=["blocked_at"],
                name="contact_blocked",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["closed_by", "-urgent", "id"], name="report_by_urgency"),
        ),
    ]
