"""The magazine as a whole: one row."""

from django.core.exceptions import ValidationError
from django.db import models

from cms.local_time import UnknownZone, zone_named


def validate_time_zone(name: str) -> None:
    """Raises ValidationError unless the time zone database has `name`."""
    try:
        zone_named(name)
    except UnknownZone as error:
        raise ValidationError(str(error), code="unknown_zone") from error


class Site(models.Model):
    """Name, locales, time zone and policies. `id` is always 1."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=200)
    description = models.CharField(max_length=500, default="")
    default_locale = models.CharField(max_length=35, default="en")
    locales = models.JSONField(default=list)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    contact = models.CharField(max_length=254, default="")
    privacy_notice_url = models.CharField(max_length=500, default="")
    privacy_version = models.CharField(max_length=32, default="1")
    staffed_hours = models.JSONField(default=dict)
    support_texts = models.JSONField(default=dict)
    comments_close_after_days = models.PositiveSmallIntegerField(null=True)
    disclaimer = models.JSONField(default=dict)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="site_single_row")]

    def __str__(self) -> str:
        return self.name
