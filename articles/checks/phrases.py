"""The phrases that lints of wording look for, by language: data, each with what may be said instead and its source.

Folded as `words` folds. A word of `unless_after` behind a phrase gives it another meaning.
"""

from dataclasses import dataclass

from articles.checks.words import split


@dataclass(frozen=True)
class Lint:
    """Phrases with one reason. `source` is a key of `sources.SOURCES`, or empty for a rule of this project's own."""

    phrases: tuple[str, ...]
    instead: str
    source: str = ""
    unless_after: frozenset[str] = frozenset()


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(split(phrase)) for phrase in text.split(","))


SUICIDE = {
    "en": (
        Lint(
            _listed("commit suicide, commits suicide, committed suicide, committing suicide"),
            "“died by suicide” or “took their own life”: one commits crimes",
            "who2023media",
        ),
        Lint(
            _listed(
                "successful suicide, completed suicide, unsuccessful suicide, failed suicide, "
                "successful suicide attempt, unsuccessful suicide attempt, failed suicide attempt"
            ),
            "“death by suicide” or “suicide attempt”: neither is a success nor a failure",
            "who2023media",
        ),
        Lint(
            _listed("suicide epidemic, epidemic of suicide, epidemic of suicides, wave of suicides"),
            "what the numbers say, such as “the rate rose”, without alarm",
            "who2023media",
        ),
        Lint(
            _listed(
                "political suicide, career suicide, social suicide, financial suicide, commercial suicide"
            ),
            "another image: as a figure of speech the word makes light of the thing",
            "who2023media",
        ),
        Lint(
            _listed("suicide note, suicide notes"),
            "no more than that there was one, if that: what it said is not retold",
            "who2023media",
        ),
    ),
    "fr": (
        Lint(
            _listed("commettre un suicide, commis un suicide, commet un suicide, commettre le suicide"),
            "« mourir par suicide » ou « mettre fin à ses jours »: one commits crimes",
            "who2023media",
        ),
        Lint(
            _listed(
                "suicide réussi, suicides réussis, suicide raté, suicides ratés, suicide manqué, "
                "tentative de suicide réussie, tentative de suicide ratée, tentative de suicide manquée"
            ),
            "« décès par suicide » or « tentative de suicide »: neither is a success nor a failure",
            "who2023media",
        ),
        Lint(
            _listed("épidémie de suicide, épidémie de suicides, vague de suicides"),
            "what the numbers say, such as « le taux a augmenté », without alarm",
            "who2023media",
        ),
        Lint(
            _listed("suicide politique, suicide social, suicide professionnel, suicide commercial"),
            "another image: as a figure of speech the word makes light of the thing",
            "who2023media",
        ),
        Lint(
            _listed("lettre de suicide, lettre d’adieu, lettres d’adieu"),
            "no more than that there was one, if that: what it said is not retold",
            "who2023media",
        ),
    ),
}

SUBSTANCE_USE = {
    "en": (
        Lint(
            _listed(
                "addict, addicts, drug addict, drug addicts, junkie, junkies, drug abuser, drug abusers, "
                "substance abuser, substance abusers, alcohol abuser, alcohol abusers, crackhead, crackheads, druggie"
            ),
            "the person first: “a person with a substance use disorder”",
            "nida2021words",
        ),
        Lint(
            _listed("an alcoholic, alcoholics, the alcoholic"),
            "the person first: “a person with alcohol use disorder”",
            "nida2021words",
            unless_after=frozenset("anonymous drink drinks beverage beverages liver hepatitis".split()),
        ),
        Lint(
            _listed("drug habit, drug habits"), "“substance use disorder”, or what was meant", "nida2021words"
        ),
        Lint(
            _listed(
                "got clean, get clean, getting clean, stay clean, stayed clean, staying clean, clean urine, "
                "dirty urine, clean and sober"
            ),
            "“in recovery”, “not using”, or what the test showed: nobody was dirty before",
            "nida2021words",
        ),
    ),
    "fr": (
        Lint(
            _listed("toxicomane, toxicomanes, toxico, toxicos, junkie, junkies"),
            "the person first: « une personne qui a un trouble de l’usage d’une substance »",
            "nida2021words",
        ),
        Lint(
            _listed("un alcoolique, une alcoolique, les alcooliques, des alcooliques"),
            "the person first: « une personne qui a un trouble de l’usage de l’alcool »",
            "nida2021words",
            unless_after=frozenset({"anonymes"}),
        ),
    ),
}

TRAUMA = {
    "en": (
        Lint(
            _listed(
                "trauma victim, trauma victims, abuse victim, abuse victims, rape victim, rape victims, ptsd victim, "
                "ptsd victims, victim of trauma, victims of trauma, victim of abuse, victims of abuse"
            ),
            "“survivor”, or the word that the person uses",
            "samhsa2014trauma",
        ),
    ),
    "fr": (
        Lint(
            _listed("victime de traumatisme, victimes de traumatisme, victimes de traumatismes"),
            "« personne survivante », or the word that the person uses",
            "samhsa2014trauma",
        ),
    ),
}

PROMISES = {
    "en": (
        Lint(
            _listed(
                "cure, cures, cured, miracle, miracles, miraculous, guaranteed, wonder drug, magic bullet"
            ),
            "what was measured, in whom, and how sure it is",
            unless_after=frozenset({"rate", "rates"}),
        ),
        Lint(
            _listed("breakthrough, breakthroughs, game changer, game changing"),
            "what was found, and what it does not show",
            unless_after=frozenset(
                "therapy therapies designation designations pain bleeding infection".split()
            ),
        ),
        Lint(
            _listed("risk free, completely safe, totally safe, no side effects, without side effects"),
            "which harms were looked for, and in how many people",
        ),
    ),
    "fr": (
        Lint(
            _listed(
                "miracle, miracles, miraculeux, miraculeuse, miraculeuses, garanti, garantie, garantis, garanties, "
                "guérit, guérison totale, guérison définitive, guérir définitivement"
            ),
            "what was measured, in whom, and how sure it is",
        ),
        Lint(
            _listed("révolutionnaire, révolutionnaires, percée majeure, percée historique"),
            "what was found, and what it does not show",
        ),
        Lint(
            _listed("sans aucun risque, sans danger, sans effet secondaire, sans effets secondaires"),
            "which harms were looked for, and in how many people",
        ),
    ),
}

NEGATIONS = frozenset(
    """
    no not never nor neither none nothing nobody without cannot t hardly
    ne n ni pas aucun aucune jamais rien sans
    """.split()
)
"""A promise that is denied is none: “it is not a cure”, « ce n’est pas un miracle »."""
