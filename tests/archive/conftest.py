"""An empty archive for every test that asks for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead.archive import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "strait.archive", frame="everything")
