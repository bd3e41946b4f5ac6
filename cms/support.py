"""The sentence that stands wherever we point at helplines. The same for everybody, whatever they wrote or asked.

It suggests neither that somebody watches nor what is thought of whoever reads it. Editors give their own, by locale.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cms.locales import is_locale

HREF = "/api/v1/helplines"
LONGEST, MOST = 500, 40
"""The most code points of a sentence, and the most locales."""

_SENTENCES = {
    "en": "If you need help now, please do not wait for an answer here: the list of helplines says who can be reached.",
    "fr": "Si vous avez besoin d’aide maintenant, n’attendez pas de réponse ici : la liste des lignes d’écoute dit qui "
    "peut être joint.",
}


def support_text(texts: Mapping[str, str], locale: str) -> str:
    """The editors' sentence for a BCP 47 locale or its language, else ours for it; English where there is neither."""
    own = {key.lower(): text for key, text in texts.items()}
    wanted = (locale.lower(), locale.partition("-")[0].lower(), "en")
    return next(filter(None, (own.get(key) or _SENTENCES.get(key) for key in wanted)))


def mistakes(texts: Any) -> Iterator[str]:
    """A sentence for each thing wrong with sentences that are to be stored."""
    if not isinstance(texts, Mapping) or len(texts) > MOST:
        yield f"Send an object with a sentence for each locale, at most {MOST}, or an empty one."
        return
    for locale, text in texts.items():
        if not is_locale(locale):
            yield "Name each locale as BCP 47 does, such as en or fr-CA."
        elif not _is_sentence(text):
            yield f"The sentence of {locale} is plain text in one line, of 1 to {LONGEST} characters."


def _is_sentence(text: Any) -> bool:
    return isinstance(text, str) and 0 < len(text.strip()) <= len(text) <= LONGEST and text.isprintable()
