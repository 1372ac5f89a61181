"""onnxruntime reports to its maker unless an environment variable is set before it is imported: masthead sets it."""

from __future__ import annotations

import os
import subprocess
import sys
import types
import warnings
from pathlib import Path

import pytest

import masthead
from masthead import telemetry
from masthead.telemetry import SWITCH


@pytest.mark.parametrize("value", [None, "", "0", "1"])
def test_importing_masthead_or_anything_in_it_switches_it_off(value: str | None) -> None:
    environment = {name: told for name, told in os.environ.items() if name not in (SWITCH, "CI")}
    if value is not None:
        environment[SWITCH] = value
    # No module of the package can be imported before the package.
    for module in ("masthead", "masthead.errors"):
        code = f"import sys, os, {module}; print(os.environ['{SWITCH}'], 'onnxruntime' in sys.modules)"
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == ["1", "False"]


def test_who_imported_onnxruntime_first_is_told_what_is_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", types.ModuleType("onnxruntime"))
    monkeypatch.delenv(SWITCH)
    with pytest.warns(UserWarning, match=f"import masthead first, or set {SWITCH}=1"):
        telemetry.switch_off()
    assert os.environ[SWITCH] == "1"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        telemetry.switch_off()
        monkeypatch.setenv(SWITCH, "true")
        telemetry.switch_off()


def test_only_the_portrayal_model_imports_it_and_not_before_it_reads() -> None:
    root = Path(masthead.__file__).parent
    importing = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "import onnxruntime" in (text := path.read_text()) or "from onnxruntime" in text
    }
    assert importing == {"reading/portrayal/onnx.py"}
