"""How one writer turns to another: offers to talk in private, and words that are meant to hurt.

Most offers are kind. They are read first because those who answer people in distress are not all kind, and because
what is said in private nobody can look after.
"""

from collections.abc import Iterator

from comments.gate import Reply, Verdict, language
from comments.gate.phrases import Phrases, span_of

VERSION = 1

OFFERS = {
    "en": Phrases(
        "message me, dm me, d m me, pm me, inbox me, text me, call me at, call me on, email me,"
        "e mail me, write to me at, write me at, contact me, add me on, reach me at, reach me on,"
        "my number is, my email is, my whatsapp, my telegram, my discord, my snap, my insta,"
        "my instagram, chat in private, talk in private, talk privately, speak privately,"
        "private message, meet up with me, come and stay with me, meet me in person, between us,"
        "our secret, dont tell anyone, do not tell anyone, how old are you, where do you live,"
        "send me a picture, send me a photo, send me pictures, on kik, on telegram, on whatsapp"
    ),
    "fr": Phrases(
        "ecris moi, ecrivez moi, contacte moi, contactez moi, appelle moi, appelez moi,"
        "envoie moi un message, envoyez moi un message, viens en prive, en message prive, en mp,"
        "mon numero, mon mail, mon whatsapp, mon insta, ajoute moi, parler en prive, discuter en prive,"
        "entre nous, ne le dis a personne, quel age as tu, tu habites ou, ou habites tu,"
        "envoie moi une photo"
    ),
}
TARGETING = {
    "en": Phrases(
        "kys, you should die, you should be dead, you deserve to die, hope you die, you deserved it,"
        "you deserve it, go die, go kill yourself, just kill yourself, should kill yourself,"
        "do us a favor, do us a favour, nobody would miss you, no one would miss you,"
        "world would be better without you, you are pathetic, youre pathetic, you are worthless,"
        "youre worthless, you are disgusting, youre disgusting, attention seeker, attention seeking,"
        "attention whore, you made it up, youre making it up, you are lying, youre lying, youre a liar,"
        "you are a liar, you asked for it, you were asking for it, your own fault, i know where you live,"
        "i will find you, ill find you, we will find you, watch your back, i know who you are,"
        "stop whining, you people are, shut up, you are weak, youre weak"
    ),
    "fr": Phrases(
        "va mourir, tu devrais mourir, vas te tuer, va te tuer, tue toi, suicide toi,"
        "tu ne merites pas de vivre, personne ne te regretterait, tu las cherche, tu las bien cherche,"
        "tu las merite, cest ta faute, tu mens, menteuse, menteur, je sais ou tu habites,"
        "je te retrouverai, ferme la, ta gueule, tu es pathetique, tu fais pitie, tu es faible"
    ),
}


def check(reply: Reply) -> Iterator[Verdict]:
    found = reply.words
    for first, after in language.find(TARGETING, found):
        explanation = "The text may be meant to hurt or frighten somebody."
        yield Verdict("approaches", VERSION, 0.9, explanation, span_of(found, first, after))
    for first, after in language.find(OFFERS, found):
        explanation = "The text offers or asks for contact in private."
        yield Verdict("approaches", VERSION, 0.6, explanation, span_of(found, first, after))
