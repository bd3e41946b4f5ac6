"""What letters and pages say to whoever asks about their own replies, in English and French. Nothing of a reply."""

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
            "Show the replies that were sent with this address. Each gets a new key; the old keys stop working.",
            "Show my replies",
        ),
        "export": ("Show everything that is kept on this address. The link works once.", "Show everything"),
        "erase": (
            "Erase every reply that was sent with this address, and the address itself. This cannot be undone.",
            "Erase everything",
        ),
        "stop_mail": ("No more letters from here to this address.", "No more letters"),
    },
    "fr": {
        "manage": (
            "Montrer les réponses envoyées avec cette adresse. Chacune reçoit une nouvelle clé ; les anciennes ne "
            "fonctionnent plus.",
            "Montrer mes réponses",
        ),
        "export": (
            "Montrer tout ce qui est associé à cette adresse. Le lien ne sert qu’une fois.",
            "Tout montrer",
        ),
        "erase": (
            "Effacer toutes les réponses envoyées avec cette adresse, et l’adresse elle-même. C’est définitif.",
            "Tout effacer",
        ),
        "stop_mail": ("Ne plus envoyer de messages d’ici à cette adresse.", "Ne plus recevoir de messages"),
    },
}
_DONE = {
    "en": {
        "manage": "These are your replies. Keep their keys: they are shown this once.",
        "export": "This is everything that is kept on this address.",
        "erase": "Everything is erased.",
        "stop_mail": "Done. No more letters will come, but those that you ask for.",
    },
    "fr": {
        "manage": "Voici vos réponses. Gardez leurs clés : elles ne sont montrées qu’une fois.",
        "export": "Voici tout ce qui est associé à cette adresse.",
        "erase": "Tout est effacé.",
        "stop_mail": "C’est fait. Vous ne recevrez plus de messages, sauf ceux que vous demandez.",
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
