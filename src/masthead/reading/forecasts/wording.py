"""The words of forecasts: what announces the future, how surely, and which acts are arranged rather than foretold.

What is listed is the kind of word, never whose side it is on: winning stands beside losing, rising beside falling.
"""

from __future__ import annotations

from typing import Literal

from masthead.reading.lexicon import words

Confidence = Literal["unqualified", "almost certain", "very likely", "likely"]

BANDS: dict[str, tuple[float, float]] = {
    "unqualified": (0.95, 0.99),
    "almost certain": (0.95, 0.99),
    "very likely": (0.80, 0.95),
    "likely": (0.55, 0.80),
}
"""How probable each wording says that a thing is: the bands of Intelligence Community Directive 203 (2015).

The directive has no band for a plain `will`: what is said without any doubt is taken as if nearly none were meant.
"""


INFINITIVE: dict[str, Confidence] = {
    **dict.fromkeys(("about", "set", "going"), "unqualified"),
    **dict.fromkeys(
        ("bound", "doomed", "destined", "fated", "sure", "certain", "guaranteed", "assured", "condemned"),
        "almost certain",
    ),
    **dict.fromkeys(
        (
            "likely",
            "expected",
            "forecast",
            "predicted",
            "projected",
            "tipped",
            "poised",
            "favored",
            "favoured",
        ),
        "likely",
    ),
    "unlikely": "likely",
}
"""Words between `is` and an infinitive that announce what will happen (`is bound to fall`), as they stand."""

COURSES = words("course track")
"""Nouns in `is on course to win`, which is likely."""

DECIDED = words("scheduled slated due planned supposed meant")
"""Words between `is` and an infinitive that tell of a calendar or a plan."""

IS = words("is are 's ’s 're ’re")
"""`be` in the present; a parser takes the short forms for other words."""

SEEMING = words("look seem appear remain feel sound be")
"""Verbs that join a subject to such a word: `looks set to`."""

ENDURING = words("last survive endure prevail win outlast triumph withstand")
"""Verbs that make a forecast of `cannot`: `cannot last`."""

FATES = words(
    "fall defeat collapse demise end victory win downfall ouster departure overthrow surrender loss destruction",
    "disintegration failure success triumph return rise decline death breakup recovery survival reelection re-election",
    "election resignation removal liberation extinction",
)
"""Nouns for what becomes of somebody: `the fall of X is inevitable`."""

SPANS = words("day hour week month")
"""What is numbered where somebody's end is near."""

FATE_CERTAIN: dict[str, Confidence] = {
    **dict.fromkeys(
        ("inevitable", "certain", "assured", "unavoidable", "guaranteed", "sure", "inescapable", "sealed"),
        "almost certain",
    ),
    "imminent": "unqualified",
    **dict.fromkeys(("likely", "probable", "unlikely", "improbable"), "likely"),
}
"""Words that `is` joins to such a noun."""

SURELY = words(
    "certainly surely definitely undoubtedly inevitably assuredly unquestionably undeniably unavoidably doubtless",
    "inexorably",
)
"""Adverbs of one who is all but certain."""

PROBABLY = words("likely probably presumably seemingly apparently")
"""Adverbs of one who thinks a thing more likely than not."""

STRONGLY = words("very highly most quite extremely overwhelmingly")
"""What raises `likely` to very likely."""

COMPARED = words("more less as equally")
"""What makes `likely` a comparison, which foretells nothing."""

MAYBE = words("perhaps maybe possibly conceivably potentially hopefully ideally theoretically")
"""Adverbs with which a sentence foretells nothing: what may be or should be."""

CERTAIN = words(
    "certain sure inevitable clear obvious undeniable evident plain unavoidable indisputable confident convinced "
    "positive"
)
"""Adjectives before a that-clause that all but vouch for it."""

PROBABLE = words("likely probable expected")
"""Those that make it more likely than not."""

IMPROBABLE = words("unlikely improbable doubtful")
"""Those that make it less likely than not: what is foretold is then that it will not be."""

LEFT_OPEN = words("danger risk hope fear worry concern threat question idea dream goal aim possibility point")
"""Nouns in `the danger is that`, which leave it open."""

POSSIBLE = words("possible conceivable plausible unclear uncertain unknown important vital essential crucial")
"""Those that leave it open, or wish for it."""

VOUCHING = words("doubt question")
"""Nouns that vouch for their clause where there is none of them: `there is no doubt that`."""

FACTS = words("fact sign evidence indication proof reality truth odds news")
"""Nouns whose clause is asserted: not `the hope that` or `the idea that`."""

AUTHORS = words("i we")
"""The article's own voice."""

THINKING = words("think believe suspect expect guess reckon predict bet imagine assume figure suppose")
"""Verbs with which an author foretells: more likely than not."""

KNOWING = words("know promise guarantee swear assure vow")
"""Verbs with which an author vouches: all but certain."""

WISHING = words("hope hop wish pray want dream like love wonder ask ensure require demand see make")
"""Verbs whose clause nobody asserts. A lemmatiser takes `hopes` for a form of `hop`."""

DREADING = words("fear worry dread doubt")
"""Verbs whose clause an author does not assert; of anybody else they tell what he thinks will happen."""

CONDITIONS = words("if unless provided providing assuming should supposing lest")
"""Words that open a condition."""

NOT_SAID = words("if whether unless so lest until till as")
"""Words that open a clause which is not asserted."""

ARRANGED = words(
    # meetings, journeys, appearances
    "meet visit host attend travel fly arrive tour gather address speak deliver appear join hold chair testify",
    "campaign debate vote hear discuss consult brief greet welcome accompany participate perform play interview",
    "headline moderate preside sit swear inaugurate stop lay honor honour mark commemorate celebrate receive stage",
    # what an institution does by its calendar
    "release publish issue unveil announce present launch open reopen kick",
    "broadcast air screen stream sign introduce submit file appoint nominate name propose consider review decide",
    "recess rally tap direct schedule watch express endorse shake wait publicize reveal hand keynote head point seize",
    "rely dine award pursue devote freeze renew commit shuttle tighten loosen ease help feature detail clarify",
    "champion cancel skip",
    # what somebody offers, promises or tries
    "provide send offer give support back assist seek try attempt aim work strive endeavor endeavour refuse pledge",
    "ask call urge request demand push press insist argue propose explain say tell talk cooperate coordinate",
    "contribute donate fund finance deploy dispatch transfer supply train equip allow let permit ban bar impose use",
    "examine investigate conduct undertake carry implement enforce accept reject veto oppose ensure defend focus run",
)
"""What is arranged, offered or intended rather than foretold, where the subject is one that acts."""

PLACES = words("capital city town village country state attendance audience crowd")
"""Where one is going to be, by arrangement: `will be in the capital`."""

SPEAKING = words("speaker host guest moderator chair keynoter panelist panellist")
"""What one is going to be on a day: `will be the keynote speaker`."""

TIMETABLED = words("start begin commence resume convene reconvene adjourn conclude")
"""What is arranged of an event as well."""

OUTCOMES = words(
    "win lose fall collapse fail succeed die prevail survive triumph rise drop gain grow shrink suffer pay regret lead",
    "face trail tie beat defeat crush topple oust overthrow surrender retreat flee withdraw resign concede last end",
)
"""What comes of somebody, on whatever day: never arranged."""

DUTIES = words("have need ought")
"""Verbs that say what must be: `will have to leave`, `will need help`."""

HEARSAY = words("reportedly allegedly supposedly purportedly")
"""Adverbs with which somebody else says it."""

GOING_ON = words("continue keep go proceed remain")
"""Verbs whose infinitive or participle says what goes on: `will continue to fall`."""

ARRANGED_PASSIVES = words(
    "hold release publish broadcast air host deliver present unveil announce stage sign open launch schedule",
    "inaugurate swear honor honour join accompany discuss address",
)
"""The same in the passive: `will be held`."""

MADE = words(
    "place part office stage question oath vote step measure action look seat stop appearance announcement speech",
    "visit trip case pitch remark statement tour debut address",
)
"""What `will take` or `will make` is about where it is arranged."""

OWN_HEADINGS = words(
    "prediction forecast outlook verdict conclusion result opinion analysis commentary editorial comment fact answer",
    "question translation flash mistake line play",
)
"""What stands before a colon and is no speaker, beside what `masthead.reading.attribution` lists."""

STANDING = words(
    "campaign team presidency candidacy bid reign government administration regime army force troops party",
    "candidate ticket coalition alliance leadership offensive insurgency uprising economy",
)
"""Nouns that stand for the one whose they are: what becomes of `X's regime` becomes of X."""

NOT_STANDING = words("opposition resistance underground opponent critic")
"""Nouns of a body that is another's than the one before it: `the X opposition`."""
