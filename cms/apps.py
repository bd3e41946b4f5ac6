"""The project's base app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms import audit_rules, checks, generation, triggers  # noqa: F401  # registers the system checks

        triggers.declare(*triggers.append_only("cms_change"), *audit_rules.TRIGGERS)
        triggers.declare(generation.moved_by("cms_site"))
        post_migrate.connect(
            triggers.install_after_migrate, sender=_last_app(), dispatch_uid="kintsugi.triggers"
        )


def _last_app() -> AppConfig:
    """`post_migrate` is sent app by app; the triggers are made once, after the last."""
    from django.apps import apps

    return list(apps.get_app_configs())[-1]
