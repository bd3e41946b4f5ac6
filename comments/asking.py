"""What letters and answers say to whoever asks about their own replies, in English and French. Nothing of a reply.

What stands around these sentences on a page is in `comments.link_pages`.
"""

from comments.wording import language

_LETTER = {
    "en": (
        "Somebody, most likely you, asked us about this address: {what}\n\n"
        "To go on, open this page:\n\n{link}\n\n"
        "The link is good for {hours} hours, once. The page shows what will happen, and nothing happens before you "
        "confirm there.\n\nIf it was not you, there is nothing to do.\n"
    ),
    "fr": (
        "Quelqu’un, sans doute vous, nous a écrit au sujet de cette adresse : {what}\n\n"
        "Pour continuer, ouvrez cette page :\n\n{link}\n\n"
        "Le lien est valable {hours} heures, une seule fois. La page montre ce qui va se passer ; rien n’arrive "
        "avant que vous ne confirmiez.\n\nSi ce n’était pas vous, il n’y a rien à faire.\n"
    ),
}
_WHAT = {
    "en": {
        "manage": "to see the replies that were sent with it and to get new keys to them.",
        "export": "to get a copy of everything that is kept on it.",
        "erase": "to erase everything that is kept on it.",
        "stop_mail": "to get no more letters.",
    },
    "fr": {
        "manage": "pour voir les réponses envoyées avec elle et en recevoir de nouvelles clés.",
        "export": "pour recevoir une copie de tout ce qui y est associé.",
        "erase": "pour effacer tout ce qui y est associé.",
        "stop_mail": "pour ne plus recevoir de messages.",
    },
}
_SHOWN = {
    "en": {
        "manage": (
            "See the replies that were sent with this address. Each of them gets a new key; the old keys stop working.",
            "Show my replies",
        ),
        "export": (
            "See everything that this site keeps on this address: your replies, and what became of them.",
            "Show everything",
        ),
        "erase": (
            "Erase every reply that was sent with this address, and the address itself. Nobody can bring them back.",
            "Erase everything",
        ),
        "stop_mail": (
            "Stop all letters from here to this address. Your replies stay as they are.",
            "Stop the letters",
        ),
    },
    "fr": {
        "manage": (
            "Voir les réponses envoyées avec cette adresse. Chacune reçoit une nouvelle clé ; les anciennes ne "
            "fonctionnent plus.",
            "Montrer mes réponses",
        ),
        "export": (
            "Voir tout ce que ce site garde sur cette adresse : vos réponses et ce qu’elles sont devenues.",
            "Tout montrer",
        ),
        "erase": (
            "Effacer toutes les réponses envoyées avec cette adresse, et l’adresse elle-même. Personne ne pourra les "
            "rétablir.",
            "Tout effacer",
        ),
        "stop_mail": (
            "Arrêter tous les messages d’ici à cette adresse. Vos réponses restent comme elles sont.",
            "Arrêter les messages",
        ),
    },
}
_DONE = {
    "en": {
        "manage": "Keep the keys of your replies: they are shown this once.",
        "export": "This is everything that is kept on this address.",
        "erase": "The replies that were sent with this address, and the address itself, are kept here no longer.",
        "stop_mail": "You get a letter from here only when you ask for one.",
    },
    "fr": {
        "manage": "Gardez les clés de vos réponses : elles ne sont montrées qu’une fois.",
        "export": "Voici tout ce qui est associé à cette adresse.",
        "erase": "Les réponses envoyées avec cette adresse, et l’adresse elle-même, ne sont plus gardées ici.",
        "stop_mail": "Vous ne recevrez d’ici que les messages que vous demandez.",
    },
}
_RECEIVED = {
    "en": (
        "If anything is kept on this address, a letter with a link is on its way to it. If none comes within an hour, "
        "nothing is kept on it, or several letters went there today."
    ),
    "fr": (
        "Si quelque chose est associé à cette adresse, un message avec un lien est en route. Si rien n’arrive dans "
        "l’heure, rien n’y est associé, ou plusieurs messages y sont déjà partis aujourd’hui."
    ),
}
_NO_MAIL = {
    "en": "This site sends no letters. Write to the contact that it names, or use the key that came with your reply.",
    "fr": (
        "Ce site n’envoie pas de messages. Écrivez au contact qu’il indique, ou utilisez la clé reçue avec votre "
        "réponse."
    ),
}


def letter(purpose: str, locale: str, *, link: str, hours: int) -> str:
    """The whole letter, plain text."""
    chosen = language(locale)
    return _LETTER[chosen].format(what=_WHAT[chosen][purpose], link=link, hours=hours)


def shown(purpose: str, locale: str) -> tuple[str, str]:
    """What the page says before anything happens, and what its button says."""
    return _SHOWN[language(locale)][purpose]


def done(purpose: str, locale: str) -> str:
    return _DONE[language(locale)][purpose]


def received(locale: str, *, offered: bool) -> str:
    """The answer to a request. It depends on whether the site sends letters, never on the address."""
    return (_RECEIVED if offered else _NO_MAIL)[language(locale)]
