"""What a claim may ask of a measure: declared beside it, the same as what it declares itself, and loaded in no time."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from masthead.measuring import MEASURES, instrument_of
from masthead.measuring.instrument import Instrument
from masthead.questions.alignment.bases import PORTRAYAL
from masthead.study.claim_rules import ClaimRules, ClaimWords, Doing, claimable, expecting, rules_of, whole

HEAVY = ("duckdb", "narwhals", "numpy", "onnxruntime", "pyarrow", "scipy", "spacy", "masthead.measuring")


@pytest.mark.parametrize("name", [name for name in claimable() if name in MEASURES])
def test_rules_are_those_of_the_measure_itself(name: str) -> None:
    measure, rules = MEASURES[name], rules_of(name)
    assert measure.claims is rules
    assert (measure.range, measure.voices, measure.comes_with) == (
        rules.range,
        rules.voices,
        rules.comes_with,
    )
    assert rules.words.units
    assert rules.why_uncounted or rules.words.count_nouns
    assert instrument_of(name).own_intervals == (rules.habits is not None)


def test_factors_explain_what_alignment_is_read_from() -> None:
    assert expecting("explained-by") == [PORTRAYAL]


def test_of_either_side_of_portrayal_alone_nothing_can_be_claimed() -> None:
    assert [name for name in MEASURES if name not in claimable()] == ["praise", "blame"]


def test_a_study_with_claims_is_checked_without_what_measures() -> None:
    study = (
        "{'archive': 'a', 'subject': [{'id': 'league', 'kind': 'actor', 'aliases': ['League']}], 'outlet': [{'id': "
        "'gull'}], 'claim': [{'id': 'c', 'text': 'Never.', 'measure': 'echo', 'outlet': 'gull', 'expect': 'never'}]}"
    )
    code = (
        f"import sys; from masthead.study import parse_study; s = parse_study({study}); s.claim_hash(s.claims[0])\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class _Outside(Instrument[Any, None]):
    """An instrument that somebody brings; nothing of it but its declaration is asked here."""

    name = "outside"
    measures = ()


def outside(**declared: Any) -> Any:
    """What a measure of somebody else's declares, without a class of its own."""
    facts: dict[str, Any] = {
        "name": "outside",
        "unit": "story",
        "range": (0.0, 1.0),
        "voices": ("all",),
        "comes_with": None,
        "claims": ClaimRules(),
    }
    return SimpleNamespace(**facts | declared)


def test_a_measure_that_says_nothing_has_what_its_declaration_knows() -> None:
    rules = whole(outside(voices=("all", "own")), _Outside())
    assert rules.tells_voices
    assert (rules.category, rules.subject, rules.why_uncounted) == ("none", "either", None)
    assert rules.words.units == "stories that this measure counts"
    assert rules.words.count_nouns[""] == (
        "story that this measure counts",
        "stories that this measure counts",
    )


def test_means_and_passages_that_settle_nothing_are_never_counted() -> None:
    signed = whole(outside(range=(-1.0, 1.0)), _Outside())
    assert signed.why_uncounted is not None
    assert signed.lie == "its figures lie between −1 and 1"

    class Guessed(_Outside):
        """One passage of it is a guess."""

        passages_settle = False

    assert whole(outside(), Guessed()).why_uncounted is not None


def test_a_measure_with_categories_may_be_asked_for_one() -> None:
    class Sorted(_Outside):
        """Its figures are of categories."""

        categories: ClassVar = {"outside": "SELECT 'why' AS category, subject FROM subjects"}

    assert whole(outside(), Sorted()).category == "either"


def test_words_that_a_measure_declares_are_its_own() -> None:
    words = ClaimWords(never=Doing("asks", "ask", "{whom} why"), count_nouns={"": ("headline", "headlines")})
    rules = whole(outside(claims=ClaimRules(category="needed", words=words)), _Outside())
    assert rules.category == "needed"
    assert rules.words.count_nouns[""] == ("headline", "headlines")
    assert rules.words.never.phrase(1, category="x", of_subject=True) == "asks it why"
    assert rules.words.never.phrase(2, category="x", of_subject=False) == "ask 'x' why"
