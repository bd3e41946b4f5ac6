"""What letters to readers say, in English and French. They name no article and quote no reply."""

from collections.abc import Sequence

from comments.wording import language

_CONFIRM = {
    "en": (
        "Somebody, most likely you, wrote with this address and asked to hear from us.\n\n"
        "If it was you, open this page and confirm the address:\n\n{link}\n\n"
        "The link is good for {hours} hours, once. It shows what will happen, and nothing happens before you "
        "confirm there.\n\n"
        "If it was not you, there is nothing to do. To get no more letters from here:\n\n{stop}\n"
    ),
    "fr": (
        "Quelqu’un, sans doute vous, a écrit avec cette adresse et a demandé à recevoir nos messages.\n\n"
        "Si c’était vous, ouvrez cette page et confirmez l’adresse :\n\n{link}\n\n"
        "Le lien est valable {hours} heures, une seule fois. La page montre ce qui va se passer ; rien n’arrive "
        "avant que vous ne confirmiez.\n\n"
        "Si ce n’était pas vous, il n’y a rien à faire. Pour ne plus recevoir de message d’ici :\n\n{stop}\n"
    ),
}
_NOTICE = {
    "en": (
        "Somebody has answered you. You asked to be told.\n\n{links}\n\n"
        "At most one such letter comes in an hour.\n\n"
        "To hear no more about this one reply of yours:\n\n{stop_one}\n\n"
        "To get no more letters from here at all:\n\n{stop}\n"
    ),
    "fr": (
        "Quelqu’un vous a répondu. Vous aviez demandé à le savoir.\n\n{links}\n\n"
        "Il ne part pas plus d’un message de ce genre par heure.\n\n"
        "Pour ne plus rien recevoir sur cette réponse :\n\n{stop_one}\n\n"
        "Pour ne plus recevoir aucun message d’ici :\n\n{stop}\n"
    ),
}
PAGES = {
    "en": {
        "confirm": "Confirm this address, so that letters may come here and later replies can appear sooner.",
        "confirm_button": "Confirm this address",
        "confirmed": (
            "Confirmed. This token is shown once. Sent with a later reply, it lets that reply appear sooner, when you "
            "have written here before."
        ),
        "stop_one": "No more letters about answers to this one reply.",
        "stop_all": "No more letters from here at all.",
        "stop_button": "No more letters",
        "stopped": "Done. No more of these letters will come.",
    },
    "fr": {
        "confirm": "Confirmer cette adresse : des messages pourront y arriver, et vos réponses paraître plus tôt.",
        "confirm_button": "Confirmer cette adresse",
        "confirmed": (
            "C’est confirmé. Ce jeton n’est montré qu’une fois. Envoyé avec une prochaine réponse, il lui permet de "
            "paraître plus tôt, si vous avez déjà écrit ici."
        ),
        "stop_one": "Ne plus recevoir de message sur les réponses à celle-ci.",
        "stop_all": "Ne plus recevoir aucun message d’ici.",
        "stop_button": "Ne plus recevoir de message",
        "stopped": "C’est fait. Ces messages n’arriveront plus.",
    },
}
"""What the pages behind the links say, by language."""

_ON_ITS_WAY = {
    "en": "If this address can get letters and none went there lately, one with a link to confirm it is on its way.",
    "fr": (
        "Si cette adresse peut recevoir des messages et n’en a pas reçu récemment, un message avec un lien de "
        "confirmation est en route."
    ),
}


def confirmation(locale: str, *, link: str, stop: str, hours: int) -> str:
    return _CONFIRM[language(locale)].format(link=link, stop=stop, hours=hours)


def notice(locale: str, *, links: Sequence[str], stop_one: str, stop: str) -> str:
    return _NOTICE[language(locale)].format(links="\n".join(links), stop_one=stop_one, stop=stop)


def on_its_way(locale: str) -> str:
    """What whoever asked for a letter is told, whatever their address."""
    return _ON_ITS_WAY[language(locale)]
