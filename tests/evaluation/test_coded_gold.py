"""Labelled sentences as if coded: cells drawn from a file hold its mean."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from masthead.validation.gold.coded import coded_gold
from tests.evaluation.test_evaluate import WORDS, Reader


def gold_file(path: Path, misread: int) -> Path:
    """A file of 240 sentences, two labels in every third; every `misread`-th is read as another label."""
    rows = []
    for at in range(240):
        polarity = (at * 7) % 3 - 1
        word = WORDS[polarity if at % misread else (polarity + 2) % 3 - 1]
        for name in ("Orla", "Piet")[: 1 + (at % 3 == 0)]:
            sentence = f"They {word} Orla and Piet at pier {at}."
            start = sentence.index(name)
            rows.append({"sentence": sentence, "from": start, "to": start + 4, "polarity": polarity})
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("misread", [4, 50])
def test_cells_of_a_file_hold_its_mean_and_a_good_reader_is_worth_codings(
    tmp_path: Path, misread: int
) -> None:
    cells = list(coded_gold([gold_file(tmp_path / "gold.jsonl", misread)], Reader(), draws=200))
    assert [cell.codings for cell in cells] == [50, 100, 200]
    assert not any(cell.is_broken for cell in cells)
    assert all(cell.units == 320 for cell in cells)
    assert (cells[1].worth > 150) == (misread == 50)
    assert np.all(np.diff([cell.worth for cell in cells]) > 0)
