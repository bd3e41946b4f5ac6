"""What the pages behind the links of letters say around the sentence that every answer has, in English and French.

Whoever reads them may be tired or in distress: they say what has happened and what has not, and ask for nothing.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from comments.wording import language

_BEFORE = {
    "en": {
        "manage": "Your replies",
        "export": "A copy of everything",
        "erase": "Erase your replies",
        "stop_mail": "No more letters",
    },
    "fr": {
        "manage": "Vos réponses",
        "export": "Une copie de tout",
        "erase": "Effacer vos réponses",
        "stop_mail": "Ne plus recevoir de messages",
    },
}
_AFTER = {
    "en": {
        "manage": "Your replies",
        "export": "Your copy",
        "erase": "Everything is erased",
        "stop_mail": "No more letters will come",
    },
    "fr": {
        "manage": "Vos réponses",
        "export": "Votre copie",
        "erase": "Tout est effacé",
        "stop_mail": "Vous ne recevrez plus de messages",
    },
}
_NOTES_BEFORE = {
    "en": {
        "manage": "A key is a password for one reply: with it you can read, change or erase that reply.",
        "erase": "If you would like to keep your words, close this page and ask for a copy first.",
    },
    "fr": {
        "manage": "Une clé est le mot de passe d’une réponse : elle permet de la lire, de la changer ou de l’effacer.",
        "erase": "Pour garder vos mots, fermez cette page et demandez d’abord une copie.",
    },
}
_NOTES_AFTER = {
    "en": {
        "manage": "A key is a password for one reply. The site asks for it when you read, change or erase that reply. "
        "Keep the keys where only you can see them.",
        "export": "To keep it, save or print this page before you close it. The link does not open it again.",
        "erase": "Pages that are open elsewhere may show your replies for another minute. You need do nothing more.",
    },
    "fr": {
        "manage": "Une clé est le mot de passe d’une réponse. Le site la demande pour la lire, la changer ou "
        "l’effacer. Gardez les clés là où personne d’autre ne les voit.",
        "export": "Pour la garder, enregistrez ou imprimez cette page avant de la fermer. Le lien ne la rouvrira pas.",
        "erase": "Des pages ouvertes ailleurs peuvent montrer vos réponses une minute encore. Vous n’avez rien d’autre "
        "à faire.",
    },
}
_WORDS = {
    "en": {
        "not_yet": "Nothing has happened yet, and nothing will before you press the button. If you did not ask for "
        "this, just close this page.",
        "no_hurry": "There is no hurry: the link is good for {hours} hours after you asked for it.",
        "close": "You can close this page now.",
        "none_left": "There are no replies from this address any more.",
        "sent": "Sent on {when}",
        "key": "Its key:",
        "helplines": "Helplines",
    },
    "fr": {
        "not_yet": "Rien ne s’est encore passé, et rien n’arrivera avant que vous n’appuyiez sur le bouton. Si ce "
        "n’était pas votre demande, fermez simplement cette page.",
        "no_hurry": "Rien ne presse : le lien est valable {hours} heures après votre demande.",
        "close": "Vous pouvez fermer cette page.",
        "none_left": "Il n’y a plus de réponses envoyées avec cette adresse.",
        "sent": "Envoyée le {when}",
        "key": "Sa clé :",
        "helplines": "Lignes d’écoute",
    },
}
_PROBLEMS = {
    "en": {
        404: (
            "This link does not work any more",
            "A link from a letter works once, and not for ever. If you have pressed its button before, what you asked "
            "for is done, and you need do nothing more. If not, ask for another one where you asked for this one.",
        ),
        409: (
            "This is being done",
            "Your first press is still being worked on. Wait a few seconds, then reload this page.",
        ),
        429: (
            "Please wait a little",
            "Too much came from your network at once. Nothing is lost: open the link again in some minutes.",
        ),
        0: (
            "That did not work",
            "Something is wrong here, not with you. Nothing was done; open the link again in a while.",
        ),
    },
    "fr": {
        404: (
            "Ce lien ne fonctionne plus",
            "Un lien reçu par message ne sert qu’une fois, et pas pour toujours. Si vous avez déjà appuyé sur son "
            "bouton, votre demande est exécutée et vous n’avez rien d’autre à faire. Sinon, demandez-en un autre là "
            "où vous aviez demandé celui-ci.",
        ),
        409: (
            "C’est en cours",
            "Votre première demande est en cours. Attendez quelques secondes, puis rechargez cette page.",
        ),
        429: (
            "Un peu de patience",
            "Trop de demandes sont venues de votre réseau à la fois. Rien n’est perdu : rouvrez le lien dans "
            "quelques minutes.",
        ),
        0: (
            "Cela n’a pas marché",
            "Le problème est ici, pas chez vous. Rien n’a été fait ; rouvrez le lien dans un moment.",
        ),
    },
}


def request_page(answer: dict[str, Any]) -> dict[str, Any]:
    """What the page of a request about an address shows, of the answer that programs get."""
    chosen, purpose = language(answer["locale"]), answer["purpose"]
    titles, notes = (_AFTER, _NOTES_AFTER) if answer["done"] else (_BEFORE, _NOTES_BEFORE)
    return {
        "locale": chosen,
        "title": titles[chosen][purpose],
        "note": notes[chosen].get(purpose, ""),
        "text": answer["text"],
        "button": answer["button"],
        "done": answer["done"],
        "is_grave": purpose == "erase",
        "replies": [_reply(reply, chosen) for reply in answer.get("replies", ())],
        "none_left": purpose == "manage" and answer["done"] and not answer.get("replies"),
        "words": words(chosen),
    }


def words(chosen: str) -> dict[str, str]:
    """What stands on every page, by what it is for."""
    hours = int(settings.CONTACT_REQUEST_LIFETIME.total_seconds() // 3600)
    return {name: text.replace("{hours}", str(hours)) for name, text in _WORDS[chosen].items()}


def problem(status: int, chosen: str) -> tuple[str, str]:
    """The title and the sentences of a page that could not do it."""
    said = _PROBLEMS[chosen]
    return said.get(status, said[0])


def _reply(reply: dict[str, Any], chosen: str) -> dict[str, Any]:
    with translation.override(chosen):
        when = f"{date_format(datetime.fromisoformat(reply['created_at']), 'j F Y, H:i')} UTC"
    return {**reply, "when": _WORDS[chosen]["sent"].format(when=when)}
