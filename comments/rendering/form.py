"""The form beneath an article, as a frontend draws it: fields, limits and what is said before anybody writes.

Holds instants and lengths of time, never whether a thread is open now.
"""

from typing import Any

from django.conf import settings

from articles.models.publication import Publication
from articles.rendering.times import rfc3339
from cms.models.site import Site
from cms.support import HREF, support_text
from comments import form_wording
from comments.policies import Policy
from comments.rendering.public import thread_href
from comments.wording import language

NAME, ADDRESS, WEBSITE = 100, 254, 500
"""The most code points of a name, an e-mail address and a website's."""

TOKENS_HREF = "/api/v1/form-tokens"
CHALLENGE_HREF = f"{TOKENS_HREF}/challenge"


def form_document(publication: Publication, policy: Policy, site: Site) -> dict[str, Any]:
    """The document of `GET …/comment-form`, in the article's language."""
    locale = publication.locale
    article = str(publication.article_id)
    minutes = int(settings.COMMENT_EDIT_WINDOW.total_seconds() // 60)
    return {
        "article": article,
        "locale": locale,
        "policy": policy.policy,
        "closes_at": rfc3339(policy.closes_at) if policy.closes_at else None,
        "moderation": form_wording.moderation_text(policy.policy, locale),
        "staffed_hours": site.staffed_hours,
        "hours": form_wording.hours_text(site.staffed_hours, locale),
        "support": {"text": support_text(site.support_texts, locale), "href": HREF},
        "visibility": form_wording.visibility_text(locale),
        "afterwards": {
            "text": form_wording.later_text(minutes, locale),
            "edit_seconds": int(settings.COMMENT_EDIT_WINDOW.total_seconds()),
        },
        "privacy_notice": {"version": site.privacy_version, "href": site.privacy_notice_url or None},
        "fields": _fields(locale),
        "honeypot": _honeypot(locale),
        "form_token": {
            "href": TOKENS_HREF,
            "body": {"article": article},
            "lifetime_seconds": int(settings.FORM_TOKEN_LIFETIME.total_seconds()),
            "fastest_seconds": int(settings.COMMENT_FORM_FASTEST.total_seconds()),
        },
        "altcha": {"challenge_href": CHALLENGE_HREF} if settings.COMMENT_ALTCHA else None,
        "links": {
            "self": f"/api/v1/articles/{article}/comment-form",
            "article": f"/api/v1/articles/{article}",
            "submit": thread_href(article),
        },
    }


def _fields(locale: str) -> list[dict[str, Any]]:
    shown = form_wording.DISPLAY_AS[language(locale)]
    choices = [{"value": value, "label": label} for value, label in shown.items()]
    return [
        _field("author_name", "text", locale, required=True, max_length=NAME),
        _field("author_email", "email", locale, required=True, max_length=ADDRESS),
        _field("author_website", "url", locale, required=False, max_length=WEBSITE),
        _field("text", "textarea", locale, required=True, max_length=settings.LIMITS["comment"]),
        _field("display_as", "select", locale, required=False, choices=choices, default="name"),
        *(_field(name, "checkbox", locale, required=False) for name in _wishes()),
    ]


def _wishes() -> tuple[str, ...]:
    """What can be asked of a site that sends mail."""
    return ("notify_on_reply", "remember_me") if settings.EMAIL_URL else ()


def _field(name: str, kind: str, locale: str, **more: Any) -> dict[str, Any]:
    label, help_text = form_wording.LABELS[language(locale)][name]
    return {"name": name, "type": kind, "label": label, "help": help_text, **more}


def _honeypot(locale: str) -> dict[str, Any] | None:
    if not settings.COMMENT_HONEYPOT:
        return None
    return {"name": settings.COMMENT_HONEYPOT, "text": form_wording.decoy_text(locale)}
