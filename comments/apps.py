"""Comments: replies of readers, their threads, their moderation."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "comments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.problem_codes import register_codes
        from cms.triggers import declare
        from comments import checks, problem_codes, triggers  # noqa: F401  # registers the system checks

        declare(*triggers.TRIGGERS)
        register_codes(problem_codes.CODES)
