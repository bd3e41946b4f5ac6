"""What search looks through: the texts of publications that are live or ahead, and how their words may be misspelt.

The words themselves are indexed by the database's own full text beside these tables (`articles.searching`).
"""

from django.db import models

from articles.models.publication import Publication


class SearchText(models.Model):
    """The plain text of one publication, for matching and for fragments. Mutable: it goes when its interval is over.

    `id` puts results in order, the newest first: the second of `published_at`, then bits of the publication's id.
    `analysis` is the number of the way its words were taken apart in.
    """

    id = models.BigIntegerField(primary_key=True)
    publication = models.OneToOneField(Publication, on_delete=models.CASCADE, related_name="search_text")
    locale = models.CharField(max_length=35)
    kind = models.CharField(max_length=16)
    title = models.TextField()
    summary = models.TextField()
    headings = models.TextField()
    body = models.TextField()
    analysis = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["analysis"], name="searchtext_analysis")]

    def __str__(self) -> str:
        return f"{self.locale} {self.publication_id}"


class SearchSpelling(models.Model):
    """A word of some indexed text under each form that lacks at most one of its letters.

    Never shown for itself: a suggestion has to be found in live text again.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=20)
    word = models.CharField(max_length=20)

    class Meta:
        indexes = [
            models.Index(fields=["key"], name="searchspelling_key"),
            models.Index(fields=["word"], name="searchspelling_word"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.word}"
