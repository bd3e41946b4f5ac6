"""The words that made-up texts are put together from: mornings, gardens, letters, repair. Nothing medical, no data."""

from collections.abc import Sequence
from dataclasses import dataclass

_CONSONANTS, _VOWELS = "b d f g l m n p r s t v".split(), "a e i o u".split()
_SYLLABLES = [consonant + vowel for consonant in _CONSONANTS for vowel in _VOWELS]
_PLACES = len(_SYLLABLES) ** 4
_STRIDE = 7_369_753
"""Prime, so that no two numbers below `_PLACES` share a place, and near ones look nothing alike."""


@dataclass(frozen=True)
class Vocabulary:
    """Parts of sentences that go together in any combination; `{}` of a title and of a summary takes a place."""

    titles: Sequence[str]
    summary: str
    headings: Sequence[str]
    openings: Sequence[str]
    subjects: Sequence[str]
    verbs: Sequence[str]
    objects: Sequence[str]
    ends: Sequence[str]
    change_note: str
    withdrawn: str
    gone: str


def place(number: int) -> str:
    """The invented place of the `number`-th article: a rare word, and one of a kind below 12,960,000."""
    rest, letters = (number * _STRIDE + 4_711) % _PLACES, ""
    for _ in range(4):
        rest, digit = divmod(rest, len(_SYLLABLES))
        letters += _SYLLABLES[digit]
    return letters.capitalize()


ENGLISH = Vocabulary(
    titles=(
        "A quiet morning in {}", "The patient garden of {}", "Letters that came back from {}", "Walking home to {}",
        "What the river at {} keeps", "The long table of {}", "Mending bowls in {}", "An open door in {}",
        "Small lights over {}", "The first snow in {}", "A bench by the water at {}", "Bread for the street of {}",
        "The old bridge of {}", "Listening at night in {}", "The library of {}", "A year of rain in {}",
    ),
    summary="What people in {} do with their days, told slowly: a walk, a meal, something broken that is mended.",
    headings=(
        "How the day begins", "Who sits at the table", "The way to the water", "Things that are mended",
        "A letter and its answer", "What the garden asks for", "Neighbours", "When evening comes",
        "The sound of the house", "Small steps", "What stays", "Another season",
    ),
    openings=(
        "In the morning", "Later that week", "After the rain", "On most days", "Without any hurry", "Near the end",
        "At first", "Now and then", "By the window", "When the light changes",
    ),
    subjects=(
        "the old gardener", "a neighbour", "the baker's daughter", "somebody with time", "the teacher next door",
        "a friend from the river", "the woman who mends bowls", "the quiet man at the table", "a visitor",
        "the whole street", "a child with a lantern", "the letter carrier", "my grandmother", "the choir",
    ),
    verbs=(
        "carries", "remembers", "repairs", "describes", "shares", "waits for", "looks after", "finds", "paints",
        "keeps", "brings", "collects", "unfolds", "thanks", "draws", "polishes",
    ),
    objects=(
        "a bowl with a golden seam", "the first bread of the week", "an unfinished letter", "the slow clock",
        "a basket of pears", "the song about the bridge", "two chairs under the tree", "a map of the footpaths",
        "the blue door", "a handful of seeds", "the story of the flood", "an old photograph", "warm tea",
        "the lantern of the ferry", "a patient question", "the table by the wall",
    ),
    ends=(
        "before anybody asks", "and takes all the time it needs", "while the kettle sings", "beside the open window",
        "in the shade of the wall", "for whoever comes by", "under a wide sky", "with both hands",
        "and nobody has to speak", "until the lamps are lit", "where the path turns", "as it was done before",
        "one piece after another", "and then sits down to rest",
    ),
    change_note="A paragraph was written anew.",
    withdrawn="This text describes how things were. Newer ones tell how they are.",
    gone="Its author has taken this text back.",
)  # fmt: skip

FRENCH = Vocabulary(
    titles=(
        "Un matin tranquille à {}", "Le jardin patient de {}", "Les lettres revenues de {}", "Rentrer à pied à {}",
        "Ce que garde la rivière de {}", "La longue table de {}", "Réparer des bols à {}", "Une porte ouverte à {}",
        "Petites lumières sur {}", "La première neige à {}", "Un banc près de l’eau à {}", "Le pain de la rue à {}",
        "Le vieux pont de {}", "Écouter la nuit à {}", "La bibliothèque de {}", "Une année de pluie à {}",
    ),
    summary="Ce que les gens de {} font de leurs jours, raconté lentement : une marche, un repas, un objet réparé.",
    headings=(
        "Comment le jour commence", "Autour de la table", "Le chemin vers l’eau", "Ce que l’on répare",
        "Une lettre et sa réponse", "Ce que demande le jardin", "Les voisins", "Quand le soir vient",
        "Le bruit de la maison", "Petits pas", "Ce qui reste", "Une autre saison",
    ),
    openings=(
        "Le matin", "Plus tard dans la semaine", "Après la pluie", "La plupart des jours", "Sans se presser",
        "Vers la fin", "Au début", "De temps en temps", "Près de la fenêtre", "Quand la lumière change",
    ),
    subjects=(
        "le vieux jardinier", "une voisine", "la fille du boulanger", "quelqu’un qui a le temps",
        "l’institutrice d’à côté", "un ami de la rivière", "la femme qui répare les bols", "l’homme calme à table",
        "une visiteuse", "toute la rue", "un enfant avec une lanterne", "le facteur", "ma grand-mère", "le chœur",
    ),
    verbs=(
        "porte", "se rappelle", "répare", "décrit", "partage", "attend", "garde", "trouve", "peint", "apporte",
        "rassemble", "déplie", "dessine", "range", "montre", "choisit",
    ),
    objects=(
        "un bol à la couture dorée", "le premier pain de la semaine", "une lettre inachevée", "l’horloge lente",
        "un panier de poires", "la chanson du pont", "deux chaises sous l’arbre", "une carte des sentiers",
        "la porte bleue", "une poignée de graines", "l’histoire de la crue", "une vieille photographie",
        "le thé chaud", "la lanterne du passeur", "une question patiente", "la table contre le mur",
    ),
    ends=(
        "avant qu’on le demande", "et prend tout le temps qu’il faut", "pendant que la bouilloire chante",
        "près de la fenêtre ouverte", "à l’ombre du mur", "pour qui passe par là", "sous un grand ciel",
        "des deux mains", "et personne n’a besoin de parler", "jusqu’à ce que les lampes s’allument",
        "là où le chemin tourne", "comme on le faisait avant", "un morceau après l’autre", "puis se repose",
    ),
    change_note="Un paragraphe a été réécrit.",
    withdrawn="Ce texte raconte comment c’était. De plus récents disent comment c’est.",
    gone="Ce texte a été repris par qui l’a écrit.",
)  # fmt: skip

VOCABULARIES = {"en": ENGLISH, "fr": FRENCH}

TOPICS = (
    ("garden", "Gardens", "Jardins"), ("letters", "Letters", "Lettres"), ("walking", "Walking", "La marche"),
    ("repair", "Repair", "Réparer"), ("bread", "Bread", "Le pain"), ("rivers", "Rivers", "Rivières"),
    ("evenings", "Evenings", "Soirées"), ("neighbours", "Neighbours", "Voisinage"), ("music", "Music", "Musique"),
    ("weather", "Weather", "Le temps qu’il fait"), ("reading", "Reading", "La lecture"),
    ("winter", "Winter", "L’hiver"),
)  # fmt: skip

PEOPLE = (
    "Maren Oakhollow", "Teodor Lindqvale", "Aurélie Vasseneuve", "Jun Hartwater", "Ines Calderwood",
    "Pavel Brightmoor", "Noor Ashenfield", "Colette Rivedoux", "Samir Stonegate", "Greta Willowmere",
)  # fmt: skip
"""Invented; the last one reviews."""
