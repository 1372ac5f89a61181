"""The portrayal part of `make bench`: the shipped model beside others and its limit, and what a survey reads."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path
from typing import Any

from benchmarks.timing import Took, run_step, say

SENTENCES = 400
"""Sentences that the shipped model reads, mixed in length as in the articles."""

FEWER = 64
"""Of these, the ones that slower ways of reading are timed on."""

CORES = 2
PRECISION = 0.05

_SHOWN = 6
"""Kinds of operations that are told by name."""


def speed(archive: Path, work: Path) -> dict[str, float]:
    """Time the shipped model beside RoBERTa-base in torch, beside bare matrix products, and part by part."""
    texts = work / "texts.json"
    n = run_step("marked_sentences", archive=archive, target=texts, limit=SENTENCES).told["n"]
    say(f"\nPortrayal: {n} sentences of the articles, a mention marked in each")
    both, one = (run_step("shipped", texts=texts, threads=threads).told for threads in (CORES, 1))
    say(f"  shipped model, {CORES} cores     {n / both['seconds']:10,.1f} sentences/s")
    say(f"  the same, one core        {n / one['cpu']:10,.1f} sentences per second of a core")
    ratios: dict[str, float] = {}
    if _there("torch", "transformers"):
        ratios |= _beside_roberta(texts, n / both["seconds"], n / one["cpu"])
    parts = run_step("shipped_parts", texts=texts).told
    rest = max(one["cpu"] - parts["tokenising"] - parts["running"], 0.0)
    say(
        f"  of a core's time: tokenising {parts['tokenising'] / one['cpu']:.1%}, the runtime "
        f"{parts['running'] / one['cpu']:.1%}, everything else {rest / one['cpu']:.1%}"
    )
    told = ", ".join(f"{name} {share:.0%}" for name, share in list(parts["operations"].items())[:_SHOWN])
    say(f"  of the runtime's: {told}")
    say(
        f"  padding: none; batches of 16 as they come would be {1 - parts['tokens'] / parts['padded']:.0%} padding"
    )
    if _there("onnx"):
        bare = run_step("products", texts=texts).told
        say(
            f"  matrix products alone ({bare['type']}) {n / bare['seconds']:8,.1f} sentences per second of a core; "
            f"1,024 tokens at a time {n / bare['together']:,.1f}"
        )
        ratios["portrayal: share of the speed of its matrix products alone (at most 1)"] = (
            bare["seconds"] / one["cpu"]
        )
    if _there("openvino"):
        other = run_step("openvino", texts=texts, limit=FEWER).told
        ratios["portrayal: speed of onnxruntime beside OpenVINO, same file"] = (
            other["seconds"] / other["ours"]
        )
    return ratios


def _beside_roberta(texts: Path, both: float, one: float) -> dict[str, float]:
    """Time RoBERTa-base on as many cores, and on one; `both` and `one` are our sentences/s on these."""
    theirs, alone = (
        run_step("roberta", texts=texts, threads=threads, limit=FEWER).told for threads in (CORES, 1)
    )
    say(
        f"  RoBERTa-base in torch, {CORES} cores {theirs['n'] / theirs['seconds']:6,.1f} sentences/s "
        f"(float32, batches of 16)"
    )
    say(f"  the same, one core        {alone['n'] / alone['cpu']:10,.1f} sentences per second of a core")
    return {
        f"portrayal: speed beside RoBERTa-base in torch, {CORES} cores": both
        * theirs["seconds"]
        / theirs["n"],
        "portrayal: the same, one core's processor time": one * alone["cpu"] / alone["n"],
    }


def _there(*modules: str) -> bool:
    """Tell whether what a comparison needs is installed; say so where it is not."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        say(f"  (left out: a comparison that needs {' and '.join(missing)}, which is not installed)")
    return not missing


def surveyed(archive: Path, study: Path, cold: dict[str, Any] | None, work: Path) -> dict[str, float]:
    """Read portrayal for a whole survey, everything and as a sample, from no sentence read before.

    `cold` is what a cold survey of the study told, if there was one already.
    """
    say(f"\nPortrayal in the survey: everything, and with precision = {PRECISION}")
    everything = cold or _survey(archive, study, work / "dossier-all").told
    shutil.rmtree(archive / "sentences" / "portrayal")
    asked = work / "precise.toml"
    asked.write_text(with_precision(study.read_text(encoding="utf-8")), encoding="utf-8")
    sample = _survey(archive, asked, work / "dossier-sample").told
    for name, one in (("everything", everything), ("sample", sample)):
        took, read = one["stages"].get("portrayal", 0.0), one["portrayal"]
        say(
            f"  {name:12}{took:10.1f} s   {read['sentences_read']:,} of {read['sentences']:,} sentences, "
            f"{read['mentions_read']:,} of {read['mentions']:,} mentions"
        )
    return {
        f"portrayal: time with precision = {PRECISION} beside everything (below 1: saved)": (
            sample["stages"]["portrayal"] / everything["stages"]["portrayal"]
        )
    }


def with_precision(study: str) -> str:
    """Return a study's text that asks for the precision."""
    return re.sub(r"^archive = .*$", rf"\g<0>\nprecision = {PRECISION}", study, count=1, flags=re.MULTILINE)


def _survey(archive: Path, study: Path, dossier: Path) -> Took:
    return run_step("survey", archive=archive, study=study, dossier=dossier)
