"""An outlet's name before or behind a title stands around it; what else stands before a colon is the title's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead.links.standing import read_standing
from tests.archives import archive_of
from tests.standing.papers import marked, paper, prose


def _spans(folder: Path, outlet: str, titles: list[str]) -> list[list[tuple[str, str]]]:
    rows = paper(outlet, {n: prose(n, 3) for n in range(len(titles))})
    for row, title in zip(rows, titles, strict=True):
        row["title"] = title
    found = marked(folder, rows)
    return [found[title] for title in titles]


@pytest.mark.parametrize(
    ("outlet", "title", "span"),
    [
        ("Varn Eye", "Varn Eye: ferries stay in port", "Varn Eye:"),
        ("varn-eye", "VARN EYE: ferries stay in port", "VARN EYE:"),
        ("The Varn Eye", "Varn Eye - ferries stay in port", "Varn Eye -"),
        ("Varn Eye", "Varn Eye — ferries stay in port", "Varn Eye —"),
        ("Varn Eye", "[Varn Eye] Ferries stay in port", "[Varn Eye]"),
        ("varneye.example", "Varn Eye: ferries stay in port", "Varn Eye:"),
        ("Varn Eye", "www.varneye.example: ferries stay in port", "www.varneye.example:"),
        ("Ilmar Post", "Ilmar Post: ferry - all quiet", "Ilmar Post:"),
        ("Ilmar - Post", "Ilmar - Post: ferry - all quiet", "Ilmar - Post:"),
        ("Post", "Post: ferry is late: harbour", "Post:"),
    ],
)
def test_the_outlets_name_before_a_title(tmp_path: Path, outlet: str, title: str, span: str) -> None:
    assert _spans(tmp_path, outlet, [title, "Market opens"]) == [[("outlet", span)], []]


@pytest.mark.parametrize(
    "title",
    [
        "Varn Eye sees fewer ferries",
        "Varn Eyesore: the tower falls",
        "Post telecom: the ferry line is cut",
        "Hale: we will rebuild",
        "Fewer ferries: Varn Eye",
    ],
)
def test_what_only_looks_like_it_stays(tmp_path: Path, title: str) -> None:
    for outlet in ("Varn Eye", "Post"):
        folder = tmp_path / outlet
        folder.mkdir()
        assert _spans(folder, outlet, [title, "Market opens"]) == [[], []]


def test_a_column_before_few_titles_stays(tmp_path: Path) -> None:
    quiet = {n: " - all quiet" if n % 6 == 1 else "" for n in range(48)}
    titles = [f"Varn Eye: word {n}{end}" if n % 2 else f"Quay notes: word {n}" for n, end in quiet.items()]
    found = _spans(tmp_path, "Varn Eye", titles)
    assert found == [[("outlet", "Varn Eye:")] if n % 2 else [] for n in range(48)]


def test_a_name_that_nobody_told_is_known_by_most_titles(tmp_path: Path) -> None:
    titles = [f"Eye on Varn: word {n}" if n % 5 else f"Word {n} of the quay" for n in range(30)]
    found = _spans(tmp_path, "ve", titles)
    assert found == [[("outlet", "Eye on Varn:")] if n % 5 else [] for n in range(30)]


def test_who_speaks_in_most_titles_stays(tmp_path: Path) -> None:
    rows = paper(
        "Herald",
        {n: f"Tomas Hale said so on day {n}. {prose(n, 3)}" for n in range(12)},
        "Tomas Hale: word {n}",
    )
    assert not any(marked(tmp_path, rows).values())


def test_names_that_a_study_gives(tmp_path: Path) -> None:
    titles = ["Varn Eye: ferries stay in port", "Ferries sail again | Varn Eye", "Hale: we will rebuild"]
    rows = paper("ve2", {n: prose(n, 3) for n in range(3)})
    archive = archive_of(tmp_path, [{**row, "title": title} for row, title in zip(rows, titles, strict=True)])
    assert read_standing(archive).table().num_rows == 0
    marks = read_standing(archive, names={"ve2": ("Varn Eye",)}).table().to_pylist()
    assert sorted((mark["start"], mark["end"]) for mark in marks) == [(0, 10), (18, 29)]
