"""What the form says before anybody writes: labels, and plain sentences on who reads a reply, when, and what stays.

In English and French. No sentence may suggest that somebody is watching.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from cms.staffing import DAYS
from comments.wording import language

LABELS = {
    "en": {
        "author_name": ("Name", "The name under which you write."),
        "author_email": ("E-mail", "Never published, and not shown to moderators."),
        "author_website": ("Website", "Optional. Shown with your name; replies with one are read first."),
        "text": ("Your reply", "Paragraphs, *emphasis*, **strong**, lists, quotes and links."),
        "display_as": ("Show my name", "How your name is shown to readers."),
        "notify_on_reply": (
            "Tell me of answers",
            "By letters that quote nothing. The first one asks you to confirm the address.",
        ),
        "remember_me": (
            "Remember me",
            "A letter with a link comes; with what it gives, later replies of yours can appear sooner.",
        ),
    },
    "fr": {
        "author_name": ("Nom", "Le nom sous lequel vous écrivez."),
        "author_email": ("Adresse e-mail", "Jamais publiée, et cachée à la modération."),
        "author_website": (
            "Site",
            "Facultatif. Montré avec votre nom ; une réponse avec un site est lue d’abord.",
        ),
        "text": ("Votre réponse", "Paragraphes, *accent*, **fort**, listes, citations et liens."),
        "display_as": ("Afficher mon nom", "Comment votre nom est montré."),
        "notify_on_reply": (
            "Me prévenir des réponses",
            "Par des messages qui ne citent rien. Le premier vous demande de confirmer l’adresse.",
        ),
        "remember_me": (
            "Se souvenir de moi",
            "Un message avec un lien arrive ; grâce à lui, vos réponses suivantes pourront paraître plus tôt.",
        ),
    },
}

DISPLAY_AS = {
    "en": {"name": "In full", "initials": "As initials", "anonymous": "Not at all"},
    "fr": {"name": "En entier", "initials": "En initiales", "anonymous": "Pas du tout"},
}

_MODERATION = {
    "en": {
        "hold": "A moderator of the site reads your reply before it appears.",
        "publish": "Your reply appears at once, unless a person has to read it first.",
        "closed": "This article takes no new replies.",
    },
    "fr": {
        "hold": "La modération du site lit votre réponse avant qu’elle paraisse.",
        "publish": "Votre réponse paraît aussitôt, sauf si une personne doit la lire d’abord.",
        "closed": "Cet article ne prend plus de réponses.",
    },
}
_HOURS = {
    "en": "Replies are read at these hours: {hours} (time zone {zone}). Between them nobody reads.",
    "fr": "Les réponses sont lues à ces heures : {hours} (fuseau {zone}). En dehors, personne ne lit.",
}
_NO_HOURS = {
    "en": "There are no fixed hours at which replies are read. It can take days.",
    "fr": "Les réponses ne sont pas lues à heures fixes. Cela peut prendre des jours.",
}
_STAYS = {
    "en": "Once it is published, everybody can read your reply, under the name that you choose to show: in full, as "
    "initials, or none. It stays public until you delete it or a moderator removes it.",
    "fr": "Une fois publiée, votre réponse est lisible par tout le monde, sous le nom que vous choisissez de montrer : "
    "en entier, en initiales ou aucun. Elle reste publique jusqu’à ce que vous la supprimiez ou que la modération la "
    "retire.",
}
_LATER = {
    "en": "You can change it for {minutes} minutes, and delete it at any time, without an account, by the key that the "
    "answer gives you. Deleting erases its text, your name and your address.",
    "fr": "Vous pouvez la modifier pendant {minutes} minutes et la supprimer à tout moment, sans compte, avec la clé "
    "que donne la réponse du site. La suppression efface le texte, votre nom et votre adresse.",
}
_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
_TO, _AND = {"en": "{} to {}", "fr": "du {} au {}"}, {"en": " and ", "fr": " et "}
_DECOY = {
    "en": "Hide this field from people, from screen readers and from the keyboard, and leave it empty.",
    "fr": "Cachez ce champ aux personnes, aux lecteurs d’écran et au clavier, et laissez-le vide.",
}


def moderation_text(policy: str, locale: str) -> str:
    """Who reads a reply, and when it appears."""
    return _MODERATION[language(locale)][policy]


def hours_text(staffed_hours: Mapping[str, Any], locale: str) -> str:
    """When replies are read, or that nobody said. `staffed_hours` as `cms.staffing` describes it."""
    spoken = language(locale)
    hours = "; ".join(_spans(staffed_hours.get("weekly") or {}, spoken))
    if not hours:
        return _NO_HOURS[spoken]
    return _HOURS[spoken].format(hours=hours, zone=staffed_hours["time_zone"])


def visibility_text(locale: str) -> str:
    return _STAYS[language(locale)]


def later_text(minutes: int, locale: str) -> str:
    """What an author can do afterwards."""
    return _LATER[language(locale)].format(minutes=minutes)


def decoy_text(locale: str) -> str:
    """What a frontend does with the field that nobody may see."""
    return _DECOY[language(locale)]


def _spans(weekly: Mapping[str, Any], spoken: str) -> Iterator[str]:
    """Days in a row with equal hours together: "Monday to Thursday 09:00–12:30 and 14:00–17:00"."""
    for periods, days in groupby(DAYS, key=lambda day: weekly.get(day) or []):
        names = [_DAYS[spoken][DAYS.index(day)] for day in days]
        if periods:
            times = _AND[spoken].join(f"{begins}–{ends}" for begins, ends in periods)
            yield f"{names[0] if len(names) == 1 else _TO[spoken].format(names[0], names[-1])} {times}"
