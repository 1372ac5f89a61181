"""What does not count is blank or left out; everything else stays where it was."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from masthead.archive import Archive, Part
from masthead.archive.counted_articles import blank_out, counted_parts

TEXTS = st.text(st.sampled_from("ab c\n\r.é😀"), max_size=30)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4))
def test_blanks_move_nothing(text: str, spans: list[tuple[int, int]]) -> None:
    inside = {at for start, end in spans for at in range(start, min(end, len(text)))}
    shown = blank_out(text, spans)
    assert len(shown) == len(text)
    for at, (was, now) in enumerate(zip(text, shown, strict=True)):
        assert now == (" " if at in inside and was not in "\n\r" else was)


def table_of(part: Part) -> pa.Table:
    return part.read(["published", "published_raw", "published_precision"])


def test_parts_as_they_count(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {
                "outlet": "Tide",
                "date": f"2021-03-0{day}",
                "title": "Rain",
                "text": "Read more: Hale. It rained.",
            }
        )
        for day in (1, 2, 3)
    ]
    (tmp_path / "tide.jsonl").write_text("\n".join(lines), encoding="utf-8")
    archive = Archive.create(tmp_path / "tide.archive")
    archive.add(tmp_path / "tide.jsonl")
    ids = archive.parts()[0].read(["article_id"])["article_id"].to_pylist()
    folder = archive.path / "links" / "counted"

    assert counted_parts(archive, {}, [], folder) == archive.parts()

    parts = counted_parts(archive, {ids[0]: {"text": [(0, 16)]}}, {ids[2]}, folder)
    counted = archive.counting(parts)
    assert counted.parts() == parts
    assert counted.hash == archive.hash
    assert counted.published.parts() == archive.parts()
    assert counted.snapshot() is counted
    table = parts[0].read(["article_id", "text"])
    assert (parts[0].rows, table["article_id"].to_pylist()) == (2, ids[:2])
    assert table["text"].to_pylist() == [" " * 17 + "It rained.", "Read more: Hale. It rained."]
    # An article that stands for others counts on another day than its own.
    first, _, third = table_of(archive.parts()[0]).to_pylist()
    days = {ids[1]: (first["published"], first["published_raw"], first["published_precision"])}
    (dated,) = counted_parts(archive, {}, {ids[0]}, folder, days)
    assert table_of(dated).to_pylist() == [first, third]
    assert dated.hash != counted_parts(archive, {}, {ids[0]}, folder)[0].hash
    # The same again is taken as it is, and other blanks make another part.
    written = parts[0].path.stat().st_mtime_ns
    assert counted_parts(archive, {ids[0]: {"text": [(0, 16)]}}, {ids[2]}, folder) == parts
    assert parts[0].path.stat().st_mtime_ns == written
    assert counted_parts(archive, {}, {ids[2]}, folder)[0].hash != parts[0].hash
    assert archive.check().broken == []
