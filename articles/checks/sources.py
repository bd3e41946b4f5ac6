"""Where the lints of wording come from. `docs/checks.md` lists the same, and says how far each has been tested."""

SOURCES = {
    "who2023media": (
        "World Health Organization, International Association for Suicide Prevention. Preventing suicide: a resource "
        "for media professionals, update 2023."
    ),
    "safemessaging2019": (
        "Systematic comparison of recommendations for safe messaging about suicide in public communications. "
        "Journal of Affective Disorders 2019;244:124-154."
    ),
    "nida2021words": (
        "National Institute on Drug Abuse. Words Matter: preferred language for talking about addiction."
    ),
    "samhsa2014trauma": (
        "Substance Abuse and Mental Health Services Administration. SAMHSA’s Concept of Trauma and Guidance for a "
        "Trauma-Informed Approach. 2014."
    ),
    "charles2022typology": "Typology of content warnings and trigger warnings: systematic review. 2022.",
}
"""Key of a reference to what it is. Keys are those of the demonstration's catalogue where that has the work."""
