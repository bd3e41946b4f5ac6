"""The few words that the HTML adds to an author's text, by language. Everything else is the author's."""

from dataclasses import dataclass, field

from articles.markdown.directives import CERTAINTIES, CONTENT_NOTE_TYPES


@dataclass(frozen=True, slots=True)
class Labels:
    """Words of one language; `notes` and `certainties` have one for each type of content note and each level."""

    content_note: str
    intensity: str
    certainty: str
    population: str
    references: str
    footnotes: str
    back: str
    notes: dict[str, str] = field(default_factory=dict)
    certainties: dict[str, str] = field(default_factory=dict)


ENGLISH = Labels(
    content_note="Content note",
    intensity="{note} ({level} of 3)",
    certainty="Certainty of the evidence: {certainty}",
    population="Population: {population}",
    references="References:",
    footnotes="Footnotes",
    back="Back to the text, footnote {number}",
    notes={
        **{type: type.replace("-", " ") for type in CONTENT_NOTE_TYPES},
        "war-combat": "war and combat",
        "suicide-self-harm": "suicide and self-harm",
        "death-bereavement": "death and bereavement",
        "flashing": "flashing images",
    },
    certainties={level: level.replace("-", " ") for level in CERTAINTIES},
)

FRENCH = Labels(
    content_note="Avertissement de contenu",
    intensity="{note} ({level} sur 3)",
    certainty="Niveau de certitude des données : {certainty}",
    population="Population : {population}",
    references="Références :",
    footnotes="Notes",
    back="Retour au texte, note {number}",
    notes={
        "violence": "violence",
        "sexual-violence": "violences sexuelles",
        "abuse": "maltraitance",
        "war-combat": "guerre et combats",
        "suicide-self-harm": "suicide et automutilation",
        "substance-use": "usage de substances",
        "death-bereavement": "mort et deuil",
        "medical-procedure": "acte médical",
        "mental-health-crisis": "crise de santé mentale",
        "disturbing-imagery": "images éprouvantes",
        "flashing": "images clignotantes",
    },
    certainties={"high": "élevé", "moderate": "modéré", "low": "faible", "very-low": "très faible"},
)

_BY_LANGUAGE = {"en": ENGLISH, "fr": FRENCH}


def labels_for(locale: str) -> Labels:
    """Return the words for a locale (BCP 47) by its language, English where there are none."""
    return _BY_LANGUAGE.get(locale.split("-")[0].lower(), ENGLISH)
