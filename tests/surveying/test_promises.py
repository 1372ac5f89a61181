"""What Masthead promises is measured, and a broken promise is seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner

from masthead.cli import application
from masthead.errors import UsageError
from masthead.validation.promises import promises as module
from masthead.validation.promises.promise import Promise
from masthead.validation.promises.promises import KINDS, promises


def told(kept: bool) -> Callable[[bool, Callable[[str, int, int], None]], Iterator[Promise]]:
    """A measurement that takes no time."""

    def measure(quick: bool, report: Callable[[str, int, int], None]) -> Iterator[Promise]:
        yield Promise("tea", "is hot", "60 degrees", "61 degrees" if quick else "59", "one cup", kept)

    return measure


@pytest.mark.parametrize(("kept", "code"), [(True, 0), (False, 1)])
def test_a_broken_promise_is_seen_and_leaves_with_1(
    kept: bool, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KINDS", {"tea": told(kept)})
    run = CliRunner().invoke(application(), ["validate", "--quick"])
    assert run.exit_code == code
    assert ("BROKEN" in run.stdout) is not kept
    assert "promised 60 degrees, found 61 degrees; one cup" in run.stdout
    plain = CliRunner().invoke(application(), ["validate", "--json"])
    assert json.loads(plain.stdout)[0]["kept"] is kept
    table = CliRunner().invoke(application(), ["validate", "--markdown"]).stdout
    assert ("**59**" in table) is not kept


def test_an_unknown_promise_is_refused() -> None:
    with pytest.raises(UsageError, match="'silense'"):
        list(promises(quick=True, only="silense", report=lambda *_: None))


@pytest.mark.parametrize("kind", ["samples", "stories", "repeats"])
def test_promises_are_kept(kind: str) -> None:
    found = list(promises(quick=True, only=kind, report=lambda *_: None))
    assert found
    assert all(one.of == kind and one.kept for one in found)


def test_every_promise_has_a_name_of_one_word() -> None:
    assert all(name.isalpha() for name in KINDS)
