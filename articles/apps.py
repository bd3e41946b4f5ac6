"""Articles: identities, revisions, reviews, publications, and the catalogue they point at."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from articles import problems, triggers
        from cms.triggers import declare

        declare(*triggers.TRIGGERS)
        problems.register()
