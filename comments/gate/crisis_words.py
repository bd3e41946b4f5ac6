"""The phrases by which `crisis` grades, in folded form. They are coarse on purpose: they order a queue."""

from comments.gate.phrases import Phrases

SUICIDE = Phrases(
    "suicide, suicides, suicidal, suicidality, suicidally, suicided, suiciding, suicide attempt,"
    "suicide attempts, commit suicide, committed suicide, committing suicide, suicidaire, suicidaires,"
    "tentative de suicide"
)
SELF_HARM = Phrases(
    "overdose, overdosed, overdosing, selfharm, selfharmed, selfharming, self harm, self harmed,"
    "self harming, self injury, self inflicted, automutilation, scarification, scarifications, scarifie,"
    "idees noires"
)
OF_OTHERS = Phrases(
    "took his own life, took her own life, took their own life, killed himself, killed herself,"
    "killed themselves, kill yourself, killing yourself, end your life, ending your life,"
    "take your own life, ended his life, ended her life, ended their life, sest suicide, sest suicidee,"
    "sest tue, sest tuee, mis fin a ses jours"
)
CONCERNS = Phrases(
    "kill myself, kill my self, killing myself, killing my self, killed myself, killed my self,"
    "end my life, ending my life, ended my life, end my own life, ending my own life, ended my own life,"
    "take my own life, taking my own life, take my life, taking my life, end it all, ending it all,"
    "ended it all, end my existence, end my pain, end my suffering, hurt myself, hurting myself,"
    "harm myself, harming myself, cut myself, cutting myself, hang myself, hanging myself, shoot myself,"
    "shooting myself, drown myself, drowning myself, off myself, offing myself, do myself in, my suicide,"
    "my suicidal, my own death, my own funeral, my last attempt, want to die, wanted to die,"
    "wanting to die, wanna die, wish i was dead, wish i were dead, wish i could die,"
    "wish i would die, wishing i was dead, wished i was dead, wished i were dead, wish i was never born,"
    "wish i had never been born, wish id never been born, wish i wasnt born, ready to die, hoping to die,"
    "hoping i die, hope to die, rather be dead, rather die, rather just die, better off dead,"
    "be better dead, more dead than alive, better off without me, better without me, no reason to live,"
    "no reasons to live, no point in living, no point living, point of living, point in living,"
    "reason to keep living, reason to live, reason to go on, reasons to live, nothing to live for,"
    "nothing left to live, dont want to live, do not want to live, didnt want to live, not want to live,"
    "want to live anymore, dont want to be alive, do not want to be alive, dont want to exist,"
    "do not want to exist, not want to exist, stop existing, cease to exist, want to disappear,"
    "wanted to disappear, dont want to be here anymore, do not want to be here, dont want to wake up,"
    "do not want to wake up, never wake up, never wake up again, not wake up, wont wake up,"
    "wouldnt wake up, not waking up, never waking up, dont know how to go on, do not know how to go on,"
    "cant go on, can not go on, cannot go on, cant keep going, cant take it anymore,"
    "cant take this anymore, cant live like this, tired of living, tired of life, tired of being alive,"
    "hate being alive, sick of living, done with life, done with living, give up on life,"
    "given up on life, giving up on life, gave up on life, i am suicidal, im suicidal, feel suicidal,"
    "feeling suicidal, felt suicidal, been suicidal, was suicidal, death wish, thoughts of death,"
    "thoughts of dying, think about dying, thinking about dying, thinking of dying, thought about dying,"
    "think about death, thinking about death, fantasize about dying, would be dead by now,"
    "be dead by now, only thing keeping me alive, keeps me alive, keeping me alive, keep myself alive,"
    "stay alive for, unalive myself, kms, suicide plan, suicide note, goodbye letter, goodbye letters,"
    "goodbye note, me suicider, me tuer, me faire du mal, me scarifier, me couper, me pendre,"
    "envie de mourir, veux mourir, voulais mourir, voudrais mourir, veux en finir, voulais en finir,"
    "envie den finir, mettre fin a mes jours, plus envie de vivre, veux plus vivre, mieux sans moi,"
    "mieux si jetais mort, mieux si jetais morte, aucune raison de vivre, plus de raison de vivre,"
    "plus la force de vivre, suis suicidaire, mes idees suicidaires, ma tentative,"
    "sais plus comment continuer, marre de vivre"
)
BY_THE_WRITER = Phrases(
    # A concern only where the nearest person before it is the writer.
    "will to live, willing to live, had to live for, live for is gone, my method, dark place, hopeless,"
    "a failure, total failure, complete failure, my gun, a gun, gun to my, life is garbage,"
    "life is pointless, life is meaningless, life is hell, life is not worth, life isnt worth,"
    "not worth living, worth living, rock bottom, nothing left, no way out, go through with,"
    "so hard to keep going, cant take it, cant handle it anymore, ideation, death wishes,"
    "miss me, care if i died, notice if i died, if i died, if i die, after i die, end it, ending it,"
    "ends it, just die, could die, i die, be dead, killing my self, overdose, overdosed, slit, slitting,"
    "bleed out, used to cut, urge to cut, urges to cut, want to cut, wanted to cut, started to cut,"
    "need to cut, cut again, cut because, cut so, cut when, started cutting, stopped cutting,"
    "stop cutting, cutting for, cutting was, cutting is, cutting again, and cutting, the guts to,"
    "the balls to, the courage to do it, attempted it, an attempt, first attempt, last attempt,"
    "failed attempt, failed attempts, attempt on, tried to end, way to die, ways to die, to die in,"
    "deserve to die, choose to die, being alive, still alive, stay alive, alive today,"
    "be alive, staying alive, hospitalized, psych ward, psychiatric ward, my death, about death,"
    "of death, death would, death is, embrace death, welcome death, my life is over, not exist,"
    "not existing, go through with it"
)
EMERGENCIES = Phrases(
    "have taken an overdose, ive taken an overdose, i took an overdose, have taken all my pills,"
    "ive taken all my pills, i took all my pills, going to kill myself, gonna kill myself,"
    "about to kill myself, going to end my life, going to end it, gonna end it, this is goodbye,"
    "my last message, by the time you read this, vais me tuer, vais me suicider, vais en finir,"
    "jai pris tous mes medicaments, cest mon dernier message"
)
TIMES = Phrases(
    "tonight, now, right now, today, tomorrow, this evening, this morning, this weekend, goodbye, pills,"
    "bridge, rope, gun, maintenant, demain, aujourdhui, ce soir, cette nuit, tout de suite, adieu,"
    "medicaments"
)
