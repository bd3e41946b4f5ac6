"""The words that the guard watches, case and accents folded: numbers, units and negations, in English and French.

Both lists hold for every text, since a text in one language may quote the other. `un` and `une` alone are articles,
and are no numbers here.
"""

_NUMBERS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million
millions billion billions dozen dozens
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth last
half halves halve halved halving third thirds quarter quarters fifths tenths
single double doubled doubles doubling triple tripled triples quadruple once twice thrice both pair
hourly daily nightly weekly fortnightly monthly quarterly yearly annually
deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente
quarante cinquante soixante septante huitante nonante cent cents mille milliers millier millions milliard milliards
centaine centaines dizaine dizaines douzaine douzaines quinzaine vingtaine
premier premiere premiers premieres seconde deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme
dixieme dernier derniere
demi demie demis demies moitie moities tiers quart quarts
simple doubler doublee doubles tripler quadrupler paire
quotidien quotidienne quotidiennement hebdomadaire hebdomadairement mensuel mensuelle mensuellement annuel annuelle
"""
NUMBERS = frozenset(_NUMBERS.split())

_UNITS = """
percent percentage cent pourcent point points
s sec second seconds min minute minutes h hr hrs hour hours day days night nights week weeks fortnight month months
year years decade decades time times fold
mg mcg ug g kg gram grams gramme grammes milligram milligrams milligramme milligrammes microgram micrograms kilo kilos
ml cl dl l litre litres liter liters millilitre millilitres milliliter milliliters iu ui
mm cm m km metre metres meter meters mmhg bpm kcal kj c f degree degrees degres
tablet tablets pill pills capsule capsules drop drops dose doses unit units session sessions
seconde secondes heure heures jour jours nuit nuits semaine semaines mois an ans annee annees fois
comprime comprimes gelule gelules goutte gouttes seance seances unite unites
"""
UNITS = frozenset(_UNITS.split())
"""What belongs to the number before it, so that five days do not become five weeks."""

RATES = frozenset("per a an each every par chaque of de pour".split())
"""What may stand between a number and a further unit."""

_NEGATIONS = """
no not never none nobody nothing nowhere neither nor without cannot unless except hardly rarely scarcely barely seldom
avoid avoids avoided avoiding avoidance contraindicated contraindication contraindications
dont cant wont shouldnt mustnt doesnt isnt arent
ne pas jamais aucun aucune rien plus sans ni guere nul nulle personne sauf non nullement
eviter evite evitez evitent eviter evitant evitement
deconseille deconseillee deconseilles deconseillees contre-indique contre-indiquee
"""
NEGATIONS = frozenset(_NEGATIONS.split())

PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mal")
"""What turns a word round: safe, unsafe."""

_STEMS = """
safe likely able usual common known proven tested treated healthy wise suitable available approved controlled licensed
helpful kind necessary certain clear stable protected reliable wanted intended related
effective advisable active appropriate adequate complete correct dependent direct frequent sufficient secure sane
possible proper perfect patient mature mobile balance legal licit logical legitimate
regular relevant responsible reversible rational resistible
agree advantage comfort continue continued order
efficace utile connu connue prouve suffisant complet correct actif active adapte approprie stable certain habituel
possible probable prudent legal licite logique regulier reversible responsable sain saine
"""
STEMS = frozenset(_STEMS.split())
"""Words whose opposite is made by a prefix; any other word counts too when either text holds it where they differ."""
