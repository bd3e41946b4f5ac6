"""Sellers: a substance, a selling verb and a way to be reached, all three in one reply. Talking about a treatment
has the first only, and passes.
"""

import re
from collections.abc import Iterable, Iterator

from comments.gate import Reply, Verdict
from comments.gate.folding import Word, fold, with_letters_for_digits, words
from comments.gate.links import ADDRESS
from comments.gate.phrases import Phrases

VERSION = 1

SUBSTANCES = Phrases(
    "mdma, mdmas, molly, mollies, ecstasy, ecstasies, xtc, lsd, acid, dmt, 5 meo dmt, ayahuasca, ketamine, ibogaine,"
    "iboga, mescaline, mescalin, peyote, salvia, 2cb, 2c b, psilocybin, psilocybine, psilocin, psilocybe, psilos,"
    "shroom, shrooms, mushroom, mushrooms, mushies, champignon, champignons, truffle, truffles, truffe, truffes,"
    "psychedelic, psychedelics, psychedelique, psychedeliques, hallucinogen, hallucinogens, hallucinogenes,"
    "microdose, microdoses, microdosing, grow kit, grow kits, spore kit, spore kits"
)
SELLING = Phrases(
    "sell, selling, sells, seller, sellers, buy, buying, purchase, purchases, order, orders, ordering, ship, ships,"
    "shipped, shipping, deliver, delivers, delivery, deliveries, supply, supplies, supplier, vendor, vendors, dealer,"
    "dealers, plug, discount, discounts, wholesale, retail, price, prices, priced, pricing, stock, restocked, sale,"
    "sales, vend, vends, vendre, vente, ventes, acheter, achetez, achat, commander, commandez, livraison, livraisons,"
    "livrer, livrons, expedition, fournisseur, fournisseurs, tarif, tarifs"
)
REACH = Phrases(
    "telegram, whatsapp, wickr, threema, snapchat, snap, kik, discord, instagram, insta, skype, viber, hmu, dm me,"
    "pm me, inbox me, text me, message me, hit me up, email me, write to me, contact me, contactez moi, contacte moi,"
    "ecrivez moi, ecris moi, en mp, en dm"
)
HANDLE = re.compile(
    r"(?<![\w@])@\s?[a-z0-9_][a-z0-9_.]{2,}|[a-z0-9_.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[a-z0-9-]{2,63}"
)
_DIGIT_RUN = re.compile(r"\d(?:[\s().+/-]{0,2}\d){7,}")
_SPOKEN_DOTS = frozenset({"dot", "point"})


def check(reply: Reply) -> Iterator[Verdict]:
    typed = "\n".join((reply.text, reply.author_name, reply.author_website))
    folded = fold(typed)
    plain = words(folded)
    guessed = [Word(with_letters_for_digits(word.text), word.span) for word in plain]
    substance = _first_of(SUBSTANCES, (plain, guessed))
    selling = _first_of(SELLING, (plain, guessed))
    if substance is None or selling is None or not _can_be_reached(folded.text, plain):
        return
    start, end = min(substance[0], selling[0]), max(substance[1], selling[1])
    yield Verdict(
        "sellers",
        VERSION,
        1.0,
        "A substance, a word of selling and a way to be reached stand together.",
        (start, min(end, len(reply.text))) if start < len(reply.text) else None,
    )


def _first_of(phrases: Phrases, readings: Iterable[list[Word]]) -> tuple[int, int] | None:
    for reading in readings:
        for first, after in phrases.find(reading):
            return reading[first].span[0], reading[after - 1].span[1]
    return None


def _can_be_reached(text: str, plain: list[Word]) -> bool:
    return bool(
        HANDLE.search(text)
        or _DIGIT_RUN.search(text)
        or ADDRESS.search(text)
        or next(REACH.find(plain), None)
        or _spells_an_address(plain)
    )


def _spells_an_address(plain: list[Word]) -> bool:
    """ "name at host dot org": a word that stands for the dot within three words of one that stands for the @."""
    for place, word in enumerate(plain):
        if word.text in {"at", "arobase", "chez"}:
            following = {later.text for later in plain[place + 2 : place + 4]}
            if following & _SPOKEN_DOTS:
                return True
    return False
