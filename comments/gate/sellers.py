"""Sellers: a substance, a selling verb and a way to be reached, all three in one reply. Talking about a treatment
has the first only, and passes.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from comments.gate import Reply, Verdict
from comments.gate.folding import Word, Words, fold, with_letters_for_digits, words
from comments.gate.links import ADDRESS
from comments.gate.phrases import Phrases

VERSION = 2
NEAR = 30  # words between a substance and a word of selling

SUBSTANCES = Phrases(
    "mdma, mdmas, molly, mollies, ecstasy, ecstasies, xtc, lsd, acid, dmt, 5 meo dmt, ayahuasca,"
    "ketamine, ibogaine, iboga, mescaline, mescalin, peyote, salvia, 2cb, 2c b, psilocybin, psilocybine,"
    "psilocin, psilocybe, psilos, shroom, shrooms, mushroom, mushrooms, mushies, champignon, champignons,"
    "truffle, truffles, truffe, truffes, psychedelic, psychedelics, psychedelique, psychedeliques,"
    "hallucinogen, hallucinogens, hallucinogenes, microdose, microdoses, microdosing, grow kit,"
    "grow kits, spore kit, spore kits, ket, kets, special k, champi, champis, magic mushies, adderall,"
    "addies, xanax, xans, oxy, oxys, oxycodone, percocet, percs, valium, codeine, ritalin, opioids, ghb,"
    "cocaine, heroin, weed, ganja"
)
SELLING = Phrases(
    "sell, selling, sells, seller, sellers, buy, buying, purchase, purchases, order, orders, ordering,"
    "ship, ships, shipped, shipping, deliver, delivers, delivery, deliveries, supply, supplies, supplier,"
    "vendor, vendors, dealer, dealers, plug, discount, discounts, wholesale, retail, price, prices,"
    "priced, pricing, stock, restocked, sale, sales, vend, vends, vendre, vente, ventes, acheter,"
    "achetez, achat, commander, commandez, livraison, livraisons, livrer, livrons, expedition,"
    "fournisseur, fournisseurs, tarif, tarifs, for sale, 4 sale, available, menu, shop, tabs, blotter,"
    "blotters, delivered, restock, in bulk, no prescription, without prescription, no rx,"
    "sans ordonnance, prix, pas cher, dispo, livres chez, livre chez, envoi discret, discreet,"
    "discretely, worldwide, hand to hand, pm for list, dm for list, price list"
)
REACH = Phrases(
    "telegram, whatsapp, wickr, threema, snapchat, snap, kik, discord, instagram, insta, skype, viber,"
    "hmu, dm me, pm me, inbox me, text me, message me, hit me up, email me, write to me, contact me,"
    "contactez moi, contacte moi, ecrivez moi, ecris moi, en mp, en dm, dm, dms, d m, d m me, pm for, pm to, via pm,"
    "p m me, tg, tele gram, tele, t me, signal me, via signal, via session, snap me, message prive,"
    "ajoute moi, ajoutez moi, add me, hit my line, link in bio, in my bio, in my profile, lien en bio,"
    "contactez, reach me, reach out, ping me, call me, appelez moi"
)
# Only whether there is one counts: what stands before its last letter is not looked at.
HANDLE = re.compile(r"(?<![\w@])@\s?[a-z0-9_][a-z0-9_.]{2}|[a-z0-9_.+-]\s?(?:@|\(at\)|\[at\])\s?[a-z0-9-]{2}")
_DIGIT_RUN = re.compile(r"\d(?:[\s().+/-]{0,2}\d){7,}")
_SPOKEN_DOTS = frozenset({"dot", "point"})


def check(reply: Reply) -> Iterator[Verdict]:
    beside = fold("\n".join((reply.author_name, reply.author_website)))
    plain = Words([*reply.words, *_moved(words(beside), len(reply.text) + 1)])
    offer = _offer(plain)
    if offer is None or not _can_be_reached(reply.folded.text + "\n" + beside.text, plain):
        return
    start, end = plain[offer[0]].span[0], plain[offer[1] - 1].span[1]
    yield Verdict(
        "sellers",
        VERSION,
        1.0,
        "A substance, a word of selling and a way to be reached stand together.",
        (start, min(end, len(reply.text))) if start < len(reply.text) else None,
    )


def _moved(typed: Words, by: int) -> list[Word]:
    """Words from beside the text, as if they stood behind it."""
    return [Word(word.text, (word.span[0] + by, word.span[1] + by)) for word in typed]


def _offer(plain: Words) -> tuple[int, int] | None:
    """The first words `(first, after)` from a substance to a word of selling, or back, that stand near each other."""
    guessed = _guessed(plain)
    selling = sorted({*SELLING.find(plain), *SELLING.find(guessed)})
    if not selling:
        return None
    starts = [first for first, _ in selling]
    readings = (plain, guessed, _without_elisions(guessed))
    for first, after in sorted({place for reading in readings for place in SUBSTANCES.find(reading)}):
        nearest = bisect_left(starts, first - NEAR)
        if nearest < len(selling) and selling[nearest][0] <= after + NEAR:
            return min(first, selling[nearest][0]), max(after, selling[nearest][1])
    return None


def _guessed(plain: Words) -> Words:
    """The same words, read with letters where digits stand among letters."""
    if all(text.isalpha() or text.isdigit() for text in plain.vocabulary):
        return plain
    return Words(Word(with_letters_for_digits(word.text), word.span) for word in plain)


def _without_elisions(reading: Words) -> Words:
    """ "d'ayahuasca", which folding joins, as "ayahuasca"."""
    return Words(Word(word.text[1:], word.span) if word.text[0] in "dl" else word for word in reading)


def _can_be_reached(text: str, plain: Words) -> bool:
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
