"""Names of substances as texts call them, folded: what is watched for amounts and for sellers.

Names, not judgements: a medicine stands here because an amount beside it reads as advice.
"""

TOPICS = frozenset("mdma psilocybin lsd dmt ayahuasca ibogaine mescaline ketamine cannabis".split())
"""Keys of topics whose articles show where a substance stands in law."""

PSYCHOACTIVE = frozenset(
    """
    mdma ecstasy midomafetamine psilocybin psilocybine psilocin psilocine psilocybe psilocybes lsd dmt meo ayahuasca
    ibogaine iboga mescaline peyote ketamine esketamine cannabis marijuana thc cbd mushroom mushrooms
    champignon champignons shroom shrooms truffle truffles truffes kratom salvia ghb psychedelic psychedelics
    psychedelique psychedeliques opioid opioids heroin heroine cocaine amphetamine amphetamines methamphetamine
    """.split()
)
"""Substances whose sale or possession is restricted somewhere, in English and French."""

MEDICINES = frozenset(
    """
    sertraline paroxetine fluoxetine venlafaxine citalopram escitalopram prazosin lithium lamotrigine quetiapine
    risperidone mirtazapine trazodone propranolol clonidine hydrocortisone diazepam lorazepam alprazolam clonazepam
    benzodiazepine benzodiazepines zolpidem naltrexone methadone buprenorphine methylphenidate ssri ssris snri snris
    isrs irsn antidepressant antidepressants antidepresseur antidepresseurs
    """.split()
)
"""Medicines that texts on trauma speak of, in English and French."""

ALL = PSYCHOACTIVE | MEDICINES
