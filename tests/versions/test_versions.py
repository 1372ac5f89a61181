"""No code behind a kept answer changes without its version, or a word that the answers are the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import masthead
from masthead.surveying.stores import STORES, store
from tests.versions import guard
from tests.versions.closure import SOURCES, closure, hash_of


def test_every_version_stands_for_the_code_that_is_there() -> None:
    told = guard.faults()
    assert not told, "\n\n".join(["", *told.values()])


def test_every_hand_raised_version_is_that_of_a_store() -> None:
    named = {
        f"{'.'.join(path.relative_to(SOURCES).with_suffix('').parts)}:{name}"
        for path in Path(masthead.__file__).parent.rglob("*.py")
        for name in re.findall(r"^((?:[A-Z]+_)?VERSION) = ", path.read_text(encoding="utf-8"), re.M)
    }
    assert named == {one.version for one in STORES}
    assert {name for one in STORES for name in one.within} <= {one.name for one in STORES}


@pytest.mark.parametrize(
    ("of", "files"),
    [
        ("mentions", ["matching/scan.py", "reading/quotes.py"]),
        ("parses", ["reading/parsing/parser.py", "reading/parsing/model.sha256"]),
        (
            "namings",
            [
                "matching/clitics.py",
                "reading/naming/labels.py",
                "reading/mentions/patterns.py",
                "reading/mentions/resolve.py",
            ],
        ),
        ("scores", ["reading/portrayal/onnx.py", "reading/portrayal/weights/model.onnx"]),
        ("wording", ["reading/wording/phrases.py", "reading/wording/uses.py"]),
        ("figures", ["inference/intervals.py", "measuring/figures.py", "instruments/silence/silences.py"]),
        ("changes", ["inference/changes/scan.py", "questions/changes/sight.py", "inference/sums.py"]),
        ("alignment", ["inference/alignment/placing.py", "questions/claims/kinds/portrayals.py"]),
    ],
)
def test_what_answers_are_made_in_is_guarded(of: str, files: list[str]) -> None:
    assert set(files) <= guard.code_of(store(of)).keys()


def test_all_that_makes_readings_and_figures_is_behind_some_version() -> None:
    guarded = {name for one in STORES for name in guard.code_of(one)}
    there = {
        path.relative_to(SOURCES / "masthead").as_posix()
        for place in (
            "reading",
            "links",
            "inference",
            "measuring",
            "instruments",
            "questions/changes",
            "questions/alignment",
        )
        for path in (SOURCES / "masthead" / place).rglob("*.py")
        # What a page shows is made anew with each dossier.
        if path.name != "__init__.py" and "page" not in path.parts
    }
    assert there - guarded == KEPT_NOWHERE


KEPT_NOWHERE = {
    "inference/calibration/planning.py",
    "inference/exact.py",
    "reading/mentions/names.py",
    "reading/naming/nouns.py",
    "reading/naming/slots.py",
    "links/stories/listing.py",
}
"""What is worked out anew each time: for verdicts, for plans of codings, for who writes a study, for
lists of stories."""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "module.py"
    path.write_text(
        '"""Says."""\nfrom masthead import errors\n\ndef f(x):\n    """Doc."""\n    return x + 1\n'
    )
    return path


def again(path: Path, text: str, name: str = "other.py") -> str:
    other = path.with_name(name)
    other.write_text(text)
    return hash_of(other)


def test_prose_imports_and_moves_change_no_hash_and_code_does(module: Path) -> None:
    before = hash_of(module)
    assert again(module, "# Why.\ndef f(x):\n    'Other.'\n    return x + 1\n") == before
    assert again(module, "def f(x):\n    return x + 2\n", "more.py") != before
    assert again(module, "def f(x):\n    return x - 1\n", "less.py") != before


def test_a_name_is_followed_through_the_package_that_passes_it_on() -> None:
    files = {path.relative_to(SOURCES / "masthead").as_posix() for path in closure(["masthead.inference"])}
    assert "inference/intervals.py" in files
    one = {path.name for path in closure(["masthead.inference.mover"], guard.BELOW)}
    assert "intervals.py" in one
    assert "__init__.py" not in one


CODE = {"reading/a.py": "1", "reading/b.py": "2"}


@pytest.mark.parametrize(
    ("code", "number", "says"),
    [
        (CODE, "7", None),
        ({"elsewhere/a.py": "1", "reading/b.py": "2"}, "7", None),
        ({**CODE, "reading/b.py": "3"}, "7", "reading/b.py changed"),
        ({**CODE, "reading/c.py": "3"}, "7", "reading/c.py is new"),
        ({"reading/a.py": "1"}, "7", "reading/b.py is gone"),
        ({**CODE, "reading/b.py": "3"}, "8", "is now '8'"),
    ],
)
def test_a_fault_says_which_file_and_what_to_do(code: dict[str, str], number: str, says: str | None) -> None:
    told = guard.fault(store("namings"), {"version": "7", **CODE}, code, number)
    assert (told is None) == (says is None)
    if told is not None and says is not None:
        assert says in told
        assert "python -m tests.versions" in told
    if told is not None and number == "7":
        assert "masthead.reading.reader:VERSION" in told
        assert "--same-answers namings" in told


def test_only_what_is_said_to_be_the_same_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = tmp_path / "recorded.toml"
    monkeypatch.setattr(guard, "RECORD", record)
    text = Path(guard.__file__).with_name("recorded.toml").read_text(encoding="utf-8")
    digest = guard.code_of(store("counted"))["archive/counted_articles.py"]
    record.write_text(text.replace(digest, "f" * 16), encoding="utf-8")
    assert [told.split()[0] for told in guard.write()] == ["counted"]
    assert guard.write(["counted"]) == []
    assert record.read_text(encoding="utf-8") == text
