"""Form tokens and solved challenges that were used, as digests."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0005_confirmed_addresses")]

    operations = [
        migrations.CreateModel(
            name="SpentToken",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("fingerprint", models.CharField(default="", max_length=64)),
                ("sealed", models.BinaryField(null=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
