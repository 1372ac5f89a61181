"""Presses with one kind of planted fact each, or a few that belong together, and everything else alike.

For tests, docs and validation. Each returns the press and its truth. What is planted stands in the truth's
table of that name; what every other measure should find is nothing.
"""

from __future__ import annotations

from masthead.press.plan.plan import PLANTS
from masthead.press.press import Press, make
from masthead.press.truth import Truth

Planted = tuple[Press, Truth]


def planted_naming(seed: int, articles: int = 2000, setting: str = "medium") -> Planted:
    """Outlets name the same subjects by different label families, throughout: see `truth.naming`."""
    return _press_with("naming", seed, articles, setting)


def planted_change(seed: int, articles: int = 2000, setting: str = "medium") -> Planted:
    """One outlet turns round in how it names one subject, on one day: see `truth.changes`."""
    return _press_with("change", seed, articles, setting)


def planted_silence(seed: int, articles: int = 4000, setting: str = "medium") -> Planted:
    """One outlet leaves out nearly all stories that speak against one subject: see `truth.silences`."""
    return _press_with("silence", seed, articles, setting)


def planted_gap(seed: int, articles: int = 2000, setting: str = "medium") -> Planted:
    """Three outlets have a hole of three to eleven weeks in the collection: see `truth.gaps`."""
    return _press_with("gap", seed, articles, setting)


def planted_copy(seed: int, articles: int = 2000, setting: str = "medium") -> Planted:
    """Five outlets run the agency's copy, and one lifts from another: see `truth.copies`."""
    return _press_with("copy", seed, articles, setting)


def planted_portrayal(seed: int, articles: int = 2000, setting: str = "medium") -> Planted:
    """Outlets put the same subjects in different lights: see `truth.portrayal`."""
    return _press_with("portrayal", seed, articles, setting)


def planted_boycotts(seed: int, articles: int = 4000, setting: str = "medium") -> Planted:
    """Eight boycotts among many innocent reasons to miss a story: see `press.plan.silences`, `truth.stories`.

    Half of them leave out what speaks against a subject, half everything about it. Outlets differ in size,
    growth, quiet weeks, free days, tastes and towns (`press.plan.habits`), and the archive has many gaps.
    """
    return _press_with("boycott habit holes", seed, articles, setting)


def planted_habits(seed: int, articles: int = 4000, setting: str = "medium") -> Planted:
    """The innocent reasons of `planted_boycotts`, and no boycott: nobody should be called silent."""
    return _press_with("habit holes", seed, articles, setting)


def planted_allegiances(seed: int, articles: int = 2000, setting: str = "medium") -> Planted:
    """Four outlets side with subjects, or against them, as one factor says, with two exceptions each.

    The others follow nothing. See `press.plan.allegiances` and, of each cell, `truth.portrayal` and `truth.naming`; the
    study of this press has three factors: the one followed, one that splits the subjects much alike, one unrelated.
    """
    return _press_with("allegiance", seed, articles, setting)


def planted_phrases(
    seed: int, articles: int = 2000, setting: str = "medium", *, alike: bool = False
) -> Planted:
    """Two parties have wordings of their own; one outlet borrows one party's, another merely quotes it most.

    See `truth.wordings` and `truth.borrowing`. With `alike` the parties speak as they do and nobody borrows.
    """
    return _press_with("wordings" if alike else "phrases", seed, articles, setting)


def planted_forecasts(
    seed: int, articles: int = 2000, setting: str = "medium", *, alike: bool = False
) -> Planted:
    """Outlets say what will happen, and are right more or less often; plans and others' forecasts stand beside.

    See `truth.records` and `truth.foretold`, which says of each forecast what became of it. With `alike` all outlets
    are right in one of two.
    """
    return _press_with("guesses" if alike else "forecasts", seed, articles, setting)


def null_press(seed: int, articles: int = 2000, setting: str = "medium") -> Planted:
    """Nothing is planted: all outlets behave alike, and differ by chance alone."""
    press = make(seed=seed, articles=articles, setting=setting, null=True)
    return press, press.truth()


def mirror_press(
    seed: int, articles: int = 2000, setting: str = "medium", pair: tuple[str, str] = ("verrin", "tasmer")
) -> Planted:
    """The full press of the seed with two subjects in each other's place."""
    press = make(seed=seed, articles=articles, setting=setting, mirror=pair)
    return press, press.truth()


def bold_press(seed: int = 7, articles: int = 4500, setting: str = "medium") -> Planted:
    """The full press, with changes and silences large enough for some thousand articles to show: the demo's.

    Three outlets turn from one end to the other in how they name a subject, and four leave out 19 in 20 of all stories
    about one: see `truth.changes` and `truth.silences`.
    """
    press = make(seed=seed, articles=articles, setting=setting, plant=frozenset((*PLANTS, "bold")))
    return press, press.truth()


def _press_with(what: str, seed: int, articles: int, setting: str) -> Planted:
    press = make(seed=seed, articles=articles, setting=setting, plant=frozenset(what.split()))
    return press, press.truth()
