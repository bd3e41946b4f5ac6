"""Releases: what their verbs take, and what the desk gets of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rest_framework import serializers

from articles.actions.releases.judging import Effect, Judgement
from articles.actions.releases.judging import shape as problem
from articles.actions.releases.scheduling import ReleaseOutcome
from articles.actions.releases.states import state_of
from articles.actions.timeline import Transition
from articles.models import Release, ReleaseItem
from articles.models.release import RELEASE_VERBS
from articles.serializers.fields import Instant
from articles.serializers.shapes import instant, user

MOST_ITEMS = 100
REASONS = ("editorial", "outdated", "error", "privacy", "consent", "legal", "harm", "security")
_TAKES = {
    "publish": {"revision", "update_type", "change_note", "correction"},
    "withdraw": {"reason", "explanation", "alternative"},
    "unpublish": {"reason", "explanation", "alternative"},
}


def _words() -> serializers.CharField:
    return serializers.CharField(max_length=1000, required=False, allow_blank=True)


class Item(serializers.Serializer):
    """One change of one article. Publishing takes a revision; taking down takes what readers are told."""

    article = serializers.UUIDField()
    verb = serializers.ChoiceField(RELEASE_VERBS)
    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    update_type = serializers.ChoiceField(("major", "minor"), required=False)
    change_note = _words()
    correction = _words()
    reason = serializers.ChoiceField(REASONS, required=False)
    explanation = _words()
    alternative = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        verb = attrs["verb"]
        errors = dict.fromkeys(
            attrs.keys() - _TAKES[verb] - {"article", "verb"}, f"This says nothing where the verb is {verb}."
        )
        if verb == "publish" and "revision" not in attrs:
            errors["revision"] = "Say which revision is to be public."
        if verb == "withdraw" and not attrs.get("explanation", "").strip():
            errors["explanation"] = "Readers are told why a text is withdrawn."
        if errors:
            raise serializers.ValidationError(errors)
        return attrs


class NewRelease(serializers.Serializer):
    name = serializers.CharField(max_length=200)
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    items: serializers.ListSerializer = serializers.ListSerializer(
        child=Item(), required=False, max_length=MOST_ITEMS
    )


class ReleasePatch(serializers.Serializer):
    """`items` replace all that there were."""

    name = serializers.CharField(max_length=200, required=False)
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    items: serializers.ListSerializer = serializers.ListSerializer(
        child=Item(), required=False, max_length=MOST_ITEMS
    )


class Schedule(serializers.Serializer):
    """Without `effective_from` it begins now."""

    effective_from = Instant(required=False, allow_null=True)


class Cancel(serializers.Serializer):
    """Nothing more is said."""


class RollBack(serializers.Serializer):
    """Without `effective_from` it begins now. `change_note` is what readers are told."""

    name = serializers.CharField(max_length=200, required=False)
    change_note = _words()
    effective_from = Instant(required=False, allow_null=True)


def card(release: Release, now: datetime) -> dict[str, Any]:
    """A release in the list."""
    return {
        "id": str(release.pk),
        "name": release.name,
        "state": state_of(release, now),
        "effective_from": instant(release.effective_from),
        "owner": user(release.owner),
        "notices": list(release.notices),
        "rolls_back": str(release.rolls_back_id) if release.rolls_back_id else None,
        "created_at": instant(release.created_at),
        "href": f"/api/v1/editorial/releases/{release.pk}",
    }


def release(
    found: Release, items: Sequence[ReleaseItem], now: datetime, warnings: Sequence[str] = ()
) -> dict[str, Any]:
    """A release with its items."""
    base = f"/api/v1/editorial/releases/{found.pk}"
    undone = Release.objects.filter(rolls_back=found).values_list("pk", flat=True).first()
    return {
        **card(found, now),
        "note": found.note,
        "items": [item(each) for each in items],
        "rolled_back_by": str(undone) if undone else None,
        "warnings": list(warnings),
        "etag": found.etag,
        "links": {
            "self": base,
            "dry_run": f"{base}/dry-run",
            "schedule": f"{base}/schedule",
            "cancel": f"{base}/cancel",
            "rollback": f"{base}/rollback",
        },
    }


def item(found: ReleaseItem) -> dict[str, Any]:
    """One change of a release, with the title that the desk knows the article by."""
    options: Mapping[str, Any] = found.options
    return {
        "id": str(found.pk),
        "article": str(found.article_id),
        "title": found.article.head_title,
        "verb": found.verb,
        "revision": found.revision_number,
        "update_type": options.get("update_type", "major" if found.verb == "publish" else "minor"),
        **{name: options.get(name, "") for name in ("change_note", "correction", "explanation")},
        "reason": options.get("reason", "" if found.verb == "publish" else "editorial"),
        "alternative": options.get("alternative"),
        "restores": options.get("restores"),
        "publication": str(found.publication_id) if found.publication_id else None,
        "href": f"/api/v1/editorial/articles/{found.article_id}",
    }


def sent(found: ReleaseItem) -> dict[str, Any]:
    """An item as the verbs take it: what a form begins with."""
    options = {name: value for name, value in found.options.items() if name in _TAKES[found.verb]}
    revision = {"revision": found.revision_number} if found.verb == "publish" else {}
    return {"article": str(found.article_id), "verb": found.verb, **revision, **options}


def outcome(result: ReleaseOutcome, items: Sequence[ReleaseItem], now: datetime) -> dict[str, Any]:
    return release(result.release, items, now, result.warnings)


def dry_run(judgement: Judgement) -> dict[str, Any]:
    """Everything that is wrong with a release at an instant, and what it would change."""
    return {
        "at": instant(judgement.starts),
        "ready": not judgement.problems,
        "problems": [problem(each) for each in judgement.problems],
        "effects": [_effect(each) for each in judgement.effects],
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "article": str(effect.item.article_id),
        "item": str(effect.item.pk),
        "title": effect.item.article.head_title,
        "before": _covering(effect.before) if effect.before else None,
        "after": _covering(effect.after),
        "until": instant(effect.until),
    }


def _covering(transition: Transition) -> dict[str, Any]:
    content = transition.revision.document
    return {
        "state": transition.state,
        "revision": transition.revision.number,
        "title": content["title"],
        "slug": content["slug"],
    }
