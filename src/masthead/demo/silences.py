"""The silences that were planted in a made-up press, beside the pairs that a survey of it calls silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masthead.findings.findings import Findings
from masthead.findings.planted import PlantedSilence, PlantedSilences
from masthead.instruments.silence.measure import Silence
from masthead.instruments.silence.silence_tables import CALLS
from masthead.press.truth import Truth


@dataclass(frozen=True)
class SilenceBeside:
    """One pair of outlet and subject: whether a silence was planted there, and what the survey says of it.

    `call` is `silent`, `less` or None: what `masthead silences` calls it. `n_covered` and `n_expected` count stories;
    `ratio` has the interval `conf_low` to `conf_high`; all are None where the survey has no figure.
    """

    outlet: str
    subject: str
    is_planted: bool
    call: str | None
    n_covered: float | None
    n_expected: float | None
    ratio: float | None
    conf_low: float | None
    conf_high: float | None

    def as_dict(self) -> PlantedSilence:
        """The pair as plain data."""
        return {
            "outlet": self.outlet,
            "subject": self.subject,
            "planted": self.is_planted,
            "call": self.call,
            "covered": self.n_covered,
            "expected": self.n_expected,
            "ratio": self.ratio,
            "conf_low": self.conf_low,
            "conf_high": self.conf_high,
        }


@dataclass(frozen=True)
class SilencesBeside:
    """The planted pairs, found or missed, and the pairs that are called silent though nothing was planted."""

    planted_pairs: list[SilenceBeside]
    not_planted: list[SilenceBeside]

    @property
    def silent(self) -> list[SilenceBeside]:
        """The planted pairs that the survey calls silent."""
        return [pair for pair in self.planted_pairs if pair.call == "silent"]

    def as_dict(self) -> PlantedSilences:
        """All of it as plain data."""
        return {
            "planted": [pair.as_dict() for pair in self.planted_pairs],
            "not_planted": [pair.as_dict() for pair in self.not_planted],
        }


def silences_beside(findings: Findings, truth: Truth) -> SilencesBeside:
    """Set a press's planted silences beside the pairs that a survey calls silent, stories about a subject in whatever
    light."""
    planted_pairs = {(row["outlet"], row["subject"]) for row in truth.silences.to_pylist()}
    estimates = {
        (row["outlet"], row["subject"]): row
        for row in findings.of_wire(findings.wire).estimates.to_pylist()
        if row["measure"] == Silence.name and row["category"] is None and row["period_start"] is None
    }
    pairs = [
        _pair(*pair, pair in planted_pairs, estimates.get(pair))
        for pair in sorted(planted_pairs | estimates.keys())
    ]
    return SilencesBeside(
        planted_pairs=[pair for pair in pairs if pair.is_planted],
        not_planted=[pair for pair in pairs if pair.call == "silent" and not pair.is_planted],
    )


def _pair(outlet: str, subject: str, is_planted: bool, row: Mapping[str, Any] | None) -> SilenceBeside:
    if row is None:
        return SilenceBeside(outlet, subject, is_planted, *[None] * 6)
    sentences = (row["note"] or "").split("; ")
    call = next((name for name, sentence in CALLS.items() if sentence in sentences), None)
    figures = (row[name] for name in ("numerator", "denominator", "estimate", "conf_low", "conf_high"))
    return SilenceBeside(outlet, subject, is_planted, call, *figures)
