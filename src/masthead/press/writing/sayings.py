"""Sentences that a press adds to its articles where it is asked to: wordings of parties, and what will come to pass.

They stand in paragraphs of their own at the end of an article, and hang on draws of their own: the rest of the article
is what it would have been without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

from masthead.press.plan.stories import Story
from masthead.press.strait.outlets import OUTLETS
from masthead.press.strait.subjects import COMPANY, FRONT, GUARD, MASCK, QUILLON, TASMER, TEVETH, VERRIN, Cast
from masthead.press.writing.marks import Foretold, Mark, Quotation, Sentence

_PARTIES = (VERRIN, TASMER, FRONT, GUARD)
_FORETOLD = (VERRIN, TASMER, FRONT, GUARD, COMPANY, TEVETH, MASCK, QUILLON)
_POSTS = ("a spokesman for ", "an official of ", "a lawyer for ")

WORDINGS = (
    "the slow arithmetic of hunger", "an honest day at the oars", "a ledger written in salt",
    "the stubborn memory of the tide", "bread before banners", "a lantern left burning",
    "the patient work of neighbours", "a rope frayed at both ends", "the cold mathematics of exile",
    "a harvest nobody planted", "the unpaid debt of winter", "a door kept on the latch",
    "the long shadow of the customs shed", "a promise folded and put away", "the quiet courage of clerks",
    "a tide that answers nobody", "the borrowed clothes of office", "a fair wind for small boats",
    "the rusted hinge of history", "a table with an empty chair", "the deep keel of custom",
    "a bell rung once too often", "the thin ice of good manners", "an anchor dragged through mud",
)  # fmt: skip
"""Turns of phrase without names, places or numbers; each party of a press has half of them for its own."""

_SAID = (
    "It comes down to {w}",
    "We ask for nothing but {w}",
    "Nobody should forget {w}",
    "What we defend is {w}",
    "They will never understand {w}",
)
_OWN = (
    "It all comes back to {w}.",
    "What remains of the matter is {w}.",
    "Behind the figures there is {w}.",
    "Those who live here know about {w}.",
    "Nothing about it makes sense without {w}.",
)
SPOKEN, WRITTEN = 0.6, 0.6
"""How often an article quotes a party in a wording, and how often its outlet writes one itself."""

_FAITHFUL = 0.85
_BORROWED, _EVEN = 0.9, 0.5

Confidence = Literal["almost certain", "likely", "unqualified"]
_CUES: dict[Confidence, tuple[str, ...]] = {
    "almost certain": ("is bound to", "is certain to", "will certainly"),
    "likely": ("is likely to", "will probably"),
    "unqualified": ("will", "is going to"),
}
_FATES = (
    "lose the dispute", "win the dispute", "fall apart", "suffer heavy losses", "collapse", "prevail",
    "fail", "recover", "lose ground", "gain ground",
)  # fmt: skip
_DATES = ("", "", " within two months", " before the end of the year", " this year", " by 2024")
_BESIDE = (
    ("plan", "{n} will meet envoys on Monday."),
    ("plan", "{n} will publish new figures in May."),
    ("condition", "{n} will collapse if the ferries stop."),
    ("condition", "{n} would fail if the banks withdrew."),
    ("quoted", '"{n} will collapse within a year," said {who}.'),
    ("quoted", "{who} said that {n} will lose the dispute."),
    ("none", "{n} might lose the dispute."),
    ("none", "{n} should prevail, or so many hope."),
)
FORETOLD, BESIDE = 0.5, 0.5
"""How often an article foretells something in its outlet's own voice, and how often it holds what only looks so."""

_RECORDS = (0.85, 0.65, 0.45, 0.25)


@dataclass(frozen=True)
class Borrowing:
    """Whose wordings are whose, and who uses them.

    `parties` are two roles, `wordings` theirs. `share` says per outlet how much of what it writes itself in any such
    wording is the first party's. `borrower` takes most of it from the first party; `host` quotes the first party alone
    and borrows nothing. The null press has neither: −1.
    """

    parties: tuple[int, int]
    wordings: tuple[tuple[str, ...], tuple[str, ...]]
    share: tuple[float, ...]
    borrower: int
    host: int


@dataclass(frozen=True)
class Foretelling:
    """How often what an outlet foretells comes true, by outlet; the same for all on a null press."""

    record: tuple[float, ...]


def draw_borrowing(rng: Random, *, alike: bool) -> Borrowing:
    """Draw two parties, give each half of the wordings, and pick who borrows and who hosts."""
    first, second = rng.sample(_PARTIES, 2)
    wordings = rng.sample(WORDINGS, len(WORDINGS))
    half = len(wordings) // 2
    borrower, host = (-1, -1) if alike else rng.sample(range(1, len(OUTLETS)), 2)
    return Borrowing(
        parties=(first, second),
        wordings=(tuple(wordings[:half]), tuple(wordings[half:])),
        share=tuple(_BORROWED if outlet == borrower else _EVEN for outlet in range(len(OUTLETS))),
        borrower=borrower,
        host=host,
    )


def draw_foretelling(rng: Random, *, alike: bool) -> Foretelling:
    """Draw how often each outlet is right: all alike, or from one in four to five in six."""
    if alike:
        return Foretelling((0.5,) * len(OUTLETS))
    return Foretelling(tuple(rng.choice(_RECORDS) for _ in OUTLETS))


def sayings(
    story: Story,
    outlet: int,
    casts: tuple[Cast, ...],
    rng: Random,
    *,
    borrowing: Borrowing | None,
    foretelling: Foretelling | None,
) -> list[Sentence]:
    """Write what an article says beyond its story, one paragraph each."""
    sentences: list[Sentence] = []
    if borrowing:
        if rng.random() < SPOKEN:
            sentences.append(_wording(borrowing, outlet, casts, rng))
        if rng.random() < WRITTEN:
            party = 0 if rng.random() < borrowing.share[outlet] else 1
            text = rng.choice(_OWN).format(w=rng.choice(borrowing.wordings[party]))
            sentences.append(Sentence(text, [], []))
    if foretelling:
        if rng.random() < FORETOLD:
            sentences.append(_forecast(foretelling, outlet, casts, rng))
        if rng.random() < BESIDE:
            kind, line = rng.choice(_BESIDE)
            role = rng.choice(_FORETOLD)
            sentences.append(_about(line, role, casts, Foretold(role, kind), who=story.facts["analyst"]))
    return sentences


def _wording(borrowing: Borrowing, outlet: int, casts: tuple[Cast, ...], rng: Random) -> Sentence:
    """Somebody of a party says one of its wordings, or now and then the other's."""
    party = 0 if outlet == borrowing.host else rng.randrange(2)
    own = party if rng.random() < _FAITHFUL else 1 - party
    words = rng.choice(_SAID).format(w=rng.choice(borrowing.wordings[own]))
    role = borrowing.parties[party]
    name, at = _name_of(casts[role])
    lead = f'"{words}," {rng.choice(_POSTS)}'
    start = len(lead) + at
    alias = casts[role].names[0]
    return Sentence(
        f"{lead}{name} said.",
        [Mark(role, start, start + len(alias), False, False, 0, ())],
        [Quotation(1, len(words) + 2, role, casts[role].title)],
    )


def _forecast(foretelling: Foretelling, outlet: int, casts: tuple[Cast, ...], rng: Random) -> Sentence:
    confidence = rng.choice(tuple(_CUES))
    role = rng.choice(_FORETOLD)
    line = f"{{n}} {rng.choice(_CUES[confidence])} {rng.choice(_FATES)}{rng.choice(_DATES)}."
    forecast = Foretold(role, "own", confidence, rng.random() < foretelling.record[outlet])
    return _about(line, role, casts, forecast)


def _about(line: str, role: int, casts: tuple[Cast, ...], forecast: Foretold, *, who: str = "") -> Sentence:
    """Fill a line with a subject's full name, and a speaker's."""
    cast = casts[role]
    name, at = _name_of(cast)
    before, after = line.format(n="\x00", who=who).split("\x00")
    if not before:
        name = name[0].upper() + name[1:]
    start = len(before) + at
    marks = [Mark(role, start, start + len(cast.names[0]), False, before.startswith('"'), 0, ())]
    text = f"{before}{name}{after}"
    quotations = [Quotation(1, text.index('"', 1), -1, who)] if text.startswith('"') else []
    return Sentence(text, marks, quotations, forecast=forecast)


def _name_of(cast: Cast) -> tuple[str, int]:
    """A cast's full name as it stands in a sentence, and where in that the name itself begins."""
    article = "the " if cast.article else ""
    return f"{article}{cast.names[0]}", len(article)
