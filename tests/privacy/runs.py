"""Every command once, in one process, and the Python interface: what the watch of `test_nothing_leaves.py` listens to.

Started in a folder with empty folders `given` (what is read), `archives` and `out` (where commands may write). Where
WATCHED_SERVICE is the address of a service, a survey asks it last, as its study says.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import tomlkit
import typer

from masthead import press
from masthead.validation.draws import alignment as validation
from masthead.validation.presses import allegiances as grading_allegiances
from masthead.validation.presses import claims as grading_claims
from masthead.validation.presses import kinship as grading_kinship
from masthead.validation.presses import silence as grading_silence

STUDIES = Path(__file__).parents[2] / "studies"
FEW = "--presses 1 --articles 30"
RUNS: dict[str, str] = {
    "press make": "given/press.jsonl --articles 60 --seed 5 --setting easy",
    "add": "archives/press.archive given/press.jsonl --frame everything",
    "archive info": "archives/press.archive",
    "find": "archives/press.archive strait --limit 2",
    "study new": "archives/press.archive --output out/new.toml",
    "study check": "given/study.toml",
    "claims register": "given/study.toml",
    "survey": "given/study.toml --output out/dossier --processes 2",
    "claims judge": "given/study.toml",
    "alignment": "given/study.toml",
    "changes": "given/study.toml",
    "code draw": "given/study.toml --measure portrayal --each 5",
    "code sheet": "given/study.toml --coder a --to out/sheet.json --format label-studio",
    "code import": "given/study.toml out/sheet.json",
    "code agreement": "given/study.toml",
    "code plan": "given/study.toml",
    "code adjudicate": "given/study.toml --to out/third.csv",
    "diff": "out/dossier out/dossier",
    "echoes": "given/study.toml",
    "evidence": "given/study.toml --measure attention --limit 1",
    "forecasts": "given/study.toml --to out/forecasts.csv",
    "kinship": "given/study.toml",
    "measures list": "",
    "repeats": "archives/press.archive",
    "silences": "given/study.toml",
    "stories": "given/study.toml",
    "voices": "given/study.toml",
    "evaluate portrayal": "given/portrayal.jsonl",
    "validate agreement": "--draws 20 --quick",
    "validate alignment": "--quick --outlets 1",
    "validate allegiances": FEW,
    "validate borrowing": FEW,
    "validate calibration": "--draws 20 --quick",
    "validate coders": "--presses 1 --articles 300 --draws 2 --codings 50",
    "validate changes": "--quick --series 2",
    "validate claims": FEW,
    "validate forecasts": FEW,
    "validate golden": f"out/golden.json --write --only demo --articles 100 --studies {STUDIES}",
    "validate intervals": "--draws 20 --quick",
    "validate kinship": "given/study.toml --draws 1",
    "validate mirror": "given/short.toml --swap verrin,shoal-front",
    "validate portrayal": f"{FEW} --setting easy",
    "validate press": "--presses 1 --articles 30 --setting easy",
    "validate quotes": "--presses 1 --articles 60 --setting easy",
    "validate repeats": f"{FEW} --setting easy",
    "validate reuse": f"{FEW} --setting easy",
    "validate sampling": "--draws 20 --quick",
    "validate silence": f"{FEW} --read-presses 0",
    "validate standing": FEW,
    "validate stories": f"{FEW} --setting easy",
    "docs": "tutorial",
    "demo": "out/demo --articles 100 --setting easy",
    "archive check": "archives/press.archive",
    "archive mend": "archives/press.archive",
    "archive tidy": "archives/press.archive",
    "archive undo": "out/demo/press.archive",
}
"""What each command is given. A new command needs a line, or `test_every_command_is_run` fails."""

EVERY = os.environ.get("MASTHEAD_EVERY") == "1"
"""Whether all commands are run. What validates runs what users run, again and again: it is left out otherwise."""


def chosen() -> dict[str, str]:
    """Return the commands that are run, and what each is given."""
    return {name: words for name, words in RUNS.items() if EVERY or not name.startswith("validate")}


def commands() -> Iterator[str]:
    """Yield the words of every command of the application."""
    from masthead.cli import application

    def below(command: object, words: tuple[str, ...]) -> Iterator[str]:
        within = getattr(command, "commands", None)
        if within is None:
            yield " ".join(words)
            return
        for name, one in within.items():
            yield from below(one, (*words, name))

    return below(typer.main.get_command(application()), ())


def python_interface() -> None:
    """Do in Python what the README shows."""
    import masthead

    archive = masthead.Archive.open("archives/press.archive")
    study = masthead.load_study("given/short.toml")
    findings = masthead.survey(study, archive)
    findings.estimates.to_pandas()
    findings.save("out/again")
    masthead.evidence(study, archive, measure="attention", limit=1)


def given(folder: Path) -> None:
    """Write what the commands read."""
    from tests.claims.test_claims_command import CLAIMS
    from tests.conftest import short_study
    from tests.evaluation.test_evaluate import made as labelled
    from tests.evaluation.test_evaluate import saved

    made = press.make(seed=5, articles=60, setting="easy")
    study = tomlkit.parse(short_study(made, "verrin", "shoal-front"))
    study["archive"] = "../archives/press.archive"
    (folder / "study.toml").write_text(tomlkit.dumps(study) + CLAIMS, encoding="utf-8")
    study["measures"] = ["attention", "naming"]
    (folder / "short.toml").write_text(tomlkit.dumps(study), encoding="utf-8")
    study["portrayal"] = {"model": os.environ.get("WATCHED_SERVICE", "https://models.invalid"), "name": "big"}
    study["measures"] = ["attention", "portrayal"]
    (folder / "remote.toml").write_text(tomlkit.dumps(study), encoding="utf-8")
    saved(folder / "portrayal.jsonl", labelled(12))


def shortened() -> None:
    """Let made-up presses ask for two subjects, and validation try one kind of them: what is run stays the same."""
    whole = press.Press.study

    def short(self: press.Press, archive: str) -> str:
        study = tomlkit.parse(whole(self, archive))
        study["subject"] = [s for s in study["subject"] if s["id"] in ("verrin", "shoal-front")]
        study.pop("factor", None)
        study["measures"] = ["attention", "naming", "portrayal"]
        return tomlkit.dumps(study)

    press.Press.study = short  # type: ignore[method-assign]
    for grading in (grading_allegiances, grading_claims, grading_kinship, grading_silence):
        for kind in [*grading.PLANTS][1:]:
            del grading.PLANTS[kind]
    validation.places = lambda *_: []


def unbounded() -> None:
    """Let options be smaller than anybody may ask for; before the commands are imported."""
    option = typer.Option

    def free(*words: Any, min: float | None = None, **more: Any) -> Any:  # noqa: A002
        return option(*words, **more)

    typer.Option = free


def run(name: str, do: Callable[[], object]) -> dict[str, object]:
    """Do something, watched under its name; say how it ended, and what it printed."""
    os.environ["WATCHED_RUN"] = name
    out = io.StringIO()
    began = time.process_time()
    code: object
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = do() or 0
        except SystemExit as left:
            code = left.code
        except Exception:
            code = traceback.format_exc()
    os.environ["WATCHED_RUN"] = ""
    return {
        "seconds": round(time.process_time() - began, 1),
        "run": name,
        "code": code,
        "printed": out.getvalue()[-400:],
    }


def main() -> None:
    """Run everything; print how each run ended, as JSON."""
    os.fsync = lambda handle: None
    unbounded()
    given(Path("given"))
    shortened()
    from masthead.cli import application

    app = application()
    ends = [
        run(name, lambda: app([*name.split(), *words.split()], standalone_mode=False))  # noqa: B023
        for name, words in chosen().items()
    ]
    ends.append(run("python", python_interface))
    if "WATCHED_SERVICE" in os.environ:
        words = ["survey", "given/remote.toml", "--output", "out/remote"]
        ends.append(run("remote", lambda: app(words, standalone_mode=False)))
    sys.stdout.write(json.dumps({"ends": ends, "modules": sorted(sys.modules)}))


if __name__ == "__main__":
    main()
