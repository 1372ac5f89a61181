"""What all tests share."""

from pathlib import Path

import pytest

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real articles, which is not part of the project."""
    if not CORPORA.is_dir():
        pytest.skip("the corpora are not on this machine")
    return CORPORA
