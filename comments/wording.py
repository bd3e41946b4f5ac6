"""Sentences that authors of replies read, and the closed lists of codes behind them. In English and French.

No sentence may suggest that somebody watches replies when nobody does, nor tell how a text was graded.
"""

LOCALES = ("en", "fr")

REASONS = {
    "within_guidelines": "Fits the guidelines.",
    "needs_reading": "Has to be read by a person first.",
    "off_topic": "Is about something else than the article.",
    "identifies_somebody": "Somebody can be recognised in it.",
    "personal_data": "Contains an address, a number or the like.",
    "hurtful": "Attacks or shames somebody.",
    "unsafe_advice": "Advises what may harm.",
    "graphic_detail": "Describes violence or self-harm in detail.",
    "selling": "Sells, or points at somebody who does.",
    "unsolicited": "Advertising, or written by a machine.",
    "link": "A link has to be looked at, or cannot be shown.",
    "duplicate": "Was sent before.",
    "care": "Its author may need support first.",
    "other": "Another reason, told in the note.",
}
"""Why a moderator (or the gate, with the first two) decided: code to its meaning for moderators."""

_STATES = {
    "en": {
        "received": (
            "We have your reply. A moderator reads it before it appears. Replies are not watched all the time."
        ),
        "being_read": "A moderator has looked at your reply and has not decided yet.",
        "published": "Your reply is public.",
        "published_edit_waiting": "Your reply is public. Your edit is read before it takes its place.",
        "not_published": "Your reply was read and will not be published.",
        "removed": "Your reply was public and has been removed by a moderator.",
        "deleted": "You deleted your reply. Its text, your name and your address are erased.",
    },
    "fr": {
        "received": (
            "Votre réponse est arrivée. Elle sera lue avant de paraître. "
            "Les réponses ne sont pas surveillées en permanence."
        ),
        "being_read": "Votre réponse a été vue par la modération, qui n’a pas encore décidé.",
        "published": "Votre réponse est publique.",
        "published_edit_waiting": "Votre réponse est publique. Votre modification sera lue avant de la remplacer.",
        "not_published": "Votre réponse a été lue et ne sera pas publiée.",
        "removed": "Votre réponse était publique ; elle a été retirée par la modération.",
        "deleted": "Vous avez supprimé votre réponse. Son texte, votre nom et votre adresse sont effacés.",
    },
}

_WAITING = {
    "en": {
        "policy": "Replies to this article are read before they appear.",
        "links": "Replies with a link or a website are read before they appear.",
        "form": "We could not tell that the form had just been filled in, so your reply is read before it appears.",
        "other": "Some replies are read by a person before they appear; this is one of them.",
    },
    "fr": {
        "policy": "Les réponses à cet article sont lues avant de paraître.",
        "links": "Les réponses avec un lien ou un site sont lues avant de paraître.",
        "form": (
            "Rien ne dit que le formulaire venait d’être rempli : votre réponse sera lue avant de paraître."
        ),
        "other": "Certaines réponses sont lues par une personne avant de paraître ; celle-ci en fait partie.",
    },
}

_RULINGS = {
    "en": {
        "off_topic": "It is about something else than the article.",
        "identifies_somebody": "Somebody could be recognised in it.",
        "personal_data": "It contains details, such as an address or a number, that we do not publish.",
        "hurtful": "It could hurt somebody who reads it.",
        "unsafe_advice": "It advises something that may not be safe for others.",
        "graphic_detail": "It describes something in more detail than is safe for every reader.",
        "selling": "It points at something for sale.",
        "link": "It contains a link that we cannot show.",
        "duplicate": "The same reply was sent before.",
    },
    "fr": {
        "off_topic": "Elle porte sur autre chose que l’article.",
        "identifies_somebody": "Une personne pourrait y être reconnue.",
        "personal_data": "Elle contient des données, comme une adresse ou un numéro, que nous ne publions pas.",
        "hurtful": "Elle pourrait blesser quelqu’un qui la lit.",
        "unsafe_advice": "Elle conseille quelque chose qui peut ne pas être sûr pour d’autres.",
        "graphic_detail": "Elle décrit quelque chose avec plus de détails qu’il n’est sûr pour tout le monde.",
        "selling": "Elle renvoie à quelque chose qui se vend.",
        "link": "Elle contient un lien que nous ne pouvons pas montrer.",
        "duplicate": "La même réponse a déjà été envoyée.",
    },
}


_APPEALS = {
    "en": {
        "none": "There is no decision here to appeal against.",
        "possible": "You can ask once that this decision be looked at again.",
        "waiting": "You have asked that the decision be looked at again. Nobody has answered yet.",
        "answered": "The decision was looked at again. What your reply's state says now is the answer.",
    },
    "fr": {
        "none": "Aucune décision ne peut être contestée ici.",
        "possible": "Vous pouvez demander une fois que cette décision soit réexaminée.",
        "waiting": "Vous avez demandé un réexamen de la décision. Personne n’a encore répondu.",
        "answered": "La décision a été réexaminée. L’état de votre réponse est maintenant la réponse.",
    },
}

_REPORTED = {
    "en": (
        "Thank you. A moderator will read your report; reports are not watched all the time. "
        "You will not hear back, because we do not know who you are."
    ),
    "fr": (
        "Merci. Votre signalement sera lu ; les signalements ne sont pas surveillés en permanence. "
        "Vous n’aurez pas de réponse, car nous ne savons pas qui vous êtes."
    ),
}


REDACTABLE = {
    code: REASONS[code]
    for code in ("personal_data", "identifies_somebody", "hurtful", "unsafe_advice", "graphic_detail", "link")
}
"""Reasons for which a part of a text is taken out, and the rest stays."""

_MARKS = {
    "en": {
        "personal_data": "[removed: personal data]",
        "identifies_somebody": "[removed: somebody could be recognised]",
        "hurtful": "[removed: hurtful words]",
        "unsafe_advice": "[removed: advice that may not be safe]",
        "graphic_detail": "[removed: graphic detail]",
        "link": "[removed: link]",
    },
    "fr": {
        "personal_data": "[retiré : données personnelles]",
        "identifies_somebody": "[retiré : une personne serait reconnaissable]",
        "hurtful": "[retiré : mots blessants]",
        "unsafe_advice": "[retiré : conseil qui peut ne pas être sûr]",
        "graphic_detail": "[retiré : détails explicites]",
        "link": "[retiré : lien]",
    },
}

_ALERTS = {
    "en": "A reply waits that should be read first.\n\n{desk}\n\nThis letter tells nothing more, on purpose.\n",
    "fr": "Une réponse attend d’être lue en premier.\n\n{desk}\n\nCette lettre ne dit rien de plus, à dessein.\n",
}


def language(locale: str) -> str:
    """The language of our sentences that is nearest to a BCP 47 locale."""
    primary = locale.partition("-")[0].lower()
    return primary if primary in LOCALES else LOCALES[0]


def state_text(state: str, *, edit_waits: bool, locale: str) -> str:
    """The author's state in a plain sentence."""
    key = "published_edit_waiting" if state == "published" and edit_waits else state
    return _STATES[language(locale)][key]


def waiting_text(rule: str, locale: str) -> str:
    """Why a reply waits. Rules that say something about its author get the general sentence."""
    sentences = _WAITING[language(locale)]
    return sentences.get(rule, sentences["other"])


def ruling_text(reason: str, locale: str) -> str | None:
    """Why a reply was not published or was removed; None for a reason that is not for its author."""
    return _RULINGS[language(locale)].get(reason)


def appeal_text(state: str, locale: str) -> str:
    """Where an appeal stands: `none`, `possible`, `waiting` or `answered`."""
    return _APPEALS[language(locale)][state]


def reported_text(locale: str) -> str:
    """What whoever reports a reply is told, always."""
    return _REPORTED[language(locale)]


def redaction_mark(label: str, locale: str) -> str:
    """What readers see in the place of what was taken out, in the language of the article."""
    return _MARKS[language(locale)][label]


def alert_text(locale: str) -> str:
    """The whole letter to moderators; `{desk}` is the address of the queue."""
    return _ALERTS[language(locale)]
