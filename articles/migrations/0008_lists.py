"""Lists by index: in every order, of all languages, one language or one kind, now and in the past; by topic and person."""

import django.db.models.deletion
from django.db import migrations, models

ORDERS = {
    "published": ["-published_at", "-article"],
    "updated": ["-updated_at", "-article"],
    "title": ["title_key", "article"],
}
ENDING = ["effective_from", "effective_until", "state", "article_kind", "locale"]
LISTABLE = models.Q(listable=True)
BATCH = 1_000


def listed(name, leading, condition=None):
    ending = [field for field in ENDING if field not in leading]
    return [
        migrations.AddIndex(
            "publication",
            models.Index(
                fields=[*leading, *order, *ending], name=f"publication_{name}_{by}", condition=condition
            ),
        )
        for by, order in ORDERS.items()
    ]


def list_again(apps, schema_editor):
    listing = apps.get_model("articles", "Listing")
    for model, role, named in (
        ("PublicationTopic", models.Value("topic"), "topic__key"),
        ("PublicationPerson", models.F("role"), "person__key"),
    ):
        rows = (
            apps.get_model("articles", model).objects.filter(publication__listable=True).annotate(listed_as=role)
        )
        columns = (
            "publication_id", "listed_as", named, "article_id", "published_at",
            "publication__updated_at", "publication__title_key",
        )  # fmt: skip
        names = "publication_id role key article_id published_at updated_at title_key".split()
        made = (listing(**dict(zip(names, row, strict=True))) for row in rows.values_list(*columns).iterator())
        listing.objects.bulk_create(made, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_search")]

    operations = [
        migrations.CreateModel(
            name="Listing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listings",
                        to="articles.publication",
                    ),
                ),
                ("role", models.CharField(max_length=8)),
                ("key", models.CharField(max_length=200)),
                ("article_id", models.UUIDField()),
                ("published_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("title_key", models.CharField(max_length=300)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(role__in=("topic", "author", "reviewer")), name="listing_role"
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=["role", "key", "-published_at", "-article_id"], name="listing_published"
                    ),
                    models.Index(
                        fields=["role", "key", "-updated_at", "-article_id"], name="listing_updated"
                    ),
                    models.Index(fields=["role", "key", "title_key", "article_id"], name="listing_title"),
                ],
            },
        ),
        *(
            migrations.RemoveIndex("publication", f"publication_{name}")
            for name in ("list", "list_updated", "list_title", "past")
        ),
        *listed("list", [], LISTABLE),
        *listed("locale", ["locale"], LISTABLE),
        *listed("kind", ["article_kind"], LISTABLE),
        *listed("past", ["state"]),
        *listed("past_in", ["state", "locale"]),
        migrations.AddIndex(
            "catalogueversion", models.Index(fields=["effective_from"], name="catalogueversion_from")
        ),
        migrations.AddIndex(
            "catalogueversion", models.Index(fields=["effective_until"], name="catalogueversion_until")
        ),
        migrations.RunPython(list_again, migrations.RunPython.noop),
    ]
