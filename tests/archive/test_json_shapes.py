"""JSON in the shapes in which it comes, and in some in which it should not: nothing is passed over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from archive_samples import articles_of

from masthead.archive import Archive
from masthead.archive.sources.json import decoder as json_decoder
from masthead.archive.sources.json import documents as json_documents
from masthead.archive.sources.json import source as json_source
from masthead.errors import SourceError


def one(title: str, more: str = "") -> str:
    return f'{{"outlet": "A", "published": "2016", "title": "{title}"{more}}}'


def titles(archive: Archive) -> list[object]:
    return [row["title"] for row in articles_of(archive)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"[{one('a')}]\n[{one('b')}, {one('c')}]\n", "abc"),
        (f"{one('a')}\n{one('b')}\n", "ab"),
        (f"[{one('a')}] {one('b')}", "ab"),
        (one("a"), "a"),
        (one("a", ', "text": "x", "images": [{"title": "p", "text": "q"}, {"url": "r"}]'), "a"),
        (one("a", ', "images": [{"url": "r"}]'), "a"),
        (f'{{"status": "ok", "articles": [{one("a")}, {one("b")}]}}', "ab"),
        (f'{{"title": "A feed", "items": [{one("a")}]}}', "a"),
        (f'{{"response": {{"total": 2, "results": [{one("a")}, {one("b")}]}}}}', "ab"),
        (f'{{"a": [{one("a")}]}}\n{{"a": [{one("b")}]}}', "ab"),
    ],
)
def test_every_object_of_a_file_is_a_row(
    archive: Archive, tmp_path: Path, content: str, expected: str
) -> None:
    (tmp_path / "t.json").write_text(content)
    report = archive.add(tmp_path / "t.json", no_text=True)
    assert (report.rows, titles(archive)) == (len(expected), list(expected))


def test_what_was_mapped_tells_an_article_from_what_holds_articles(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(
        '{"blatt": "A", "kopf": "a", "rumpf": "x", "bilder": [{"kopf": "b"}, {"kopf": "c"}]}'
    )
    archive.add(
        tmp_path / "t.json",
        mapping={"outlet": "blatt", "title": "kopf", "text": "rumpf", "published": ""},
        no_text=True,
    )
    assert titles(archive) == ["a"]


def test_what_stands_beside_the_articles_is_named(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(
        f'{{"paper": "A", "n": 3, "tags": ["x"], "articles": [{one("a")}], "next": null}}'
    )
    report = archive.add(tmp_path / "t.json", no_text=True)
    (note,) = [note for note in report.notes if "'articles'" in note]
    assert all(f"'{name}'" in note for name in ("paper", "n", "tags"))


def test_values_before_the_first_object_are_rows_too(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(f'{{"articles": [null, 7, {one("a")}]}}')
    report = archive.add(tmp_path / "t.json", no_text=True)
    assert (report.rows, report.kept, report.reasons) == (3, 1, {"it is not a JSON object": 2})


@pytest.mark.parametrize("first", ["null", "7", ""])
def test_two_arrays_of_objects_are_not_chosen_from(archive: Archive, tmp_path: Path, first: str) -> None:
    lead = f"{first}, " if first else ""
    (tmp_path / "t.json").write_text(f'{{"articles": [{lead}{one("a")}], "more": [{one("b")}]}}')
    with pytest.raises(SourceError, match="two arrays of objects, 'articles' and 'more'"):
        archive.add(tmp_path / "t.json", no_text=True)


def test_a_long_object_is_searched_as_it_streams(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_documents, "_WHOLE", 100)
    monkeypatch.setattr(json_documents, "_CHUNK", 16)
    meta = json.dumps({"x": "y" * 200, "z": [1, {"deep": True}][:1]})
    (tmp_path / "t.json").write_text(
        f'{{"meta": {meta}, "response": {{"results": [{one("a")}, {one("b")}], "n": 2}}}}'
    )
    archive.add(tmp_path / "t.json", no_text=True)
    assert titles(archive) == ["a", "b"]


@pytest.mark.parametrize("chunk", [1, 2, 3, 7])
def test_where_the_buffer_ends_changes_nothing(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(json_documents, "_CHUNK", chunk)
    values = ', "n": [1.5e-10, -Infinity, NaN, true, null, 123456789, "\\u00e9\\ud83d\\ude00 \\" [{"]'
    (tmp_path / "t.json").write_text(f"[{one('a', values)},\n{one('b')}]\n[{one('c')}]")
    archive.add(tmp_path / "t.json", no_text=True)
    assert titles(archive) == ["a", "b", "c"]
    assert json.loads(str(articles_of(archive)[0]["extra"]))["n"] == [
        1.5e-10, "-Infinity", None, True, None, 123456789, 'é😀 " [{'
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["t.json", "t.jsonl"])
class TestOddValues:
    def add(self, archive: Archive, path: Path, *lines: str) -> Any:
        path.write_text("\n".join(lines) if path.suffix == ".jsonl" else f"[{','.join(lines)}]")
        return archive.add(path, no_text=True)

    def test_a_key_that_stands_twice_keeps_both_values(
        self, archive: Archive, tmp_path: Path, name: str
    ) -> None:
        twice = one("a", ', "text": "first", "text": "second", "k": 1, "k": true, "k": true')
        report = self.add(archive, tmp_path / name, twice, one("b", ', "text": "same", "text": "same"'))
        first, second = articles_of(archive)
        assert (first["text"], second["text"], second["extra"]) == ("second", "same", None)
        assert json.loads(str(first["extra"])) == {"text (1)": "first", "k": True, "k (1)": 1}
        assert [note for note in report.notes if note.endswith("'key (1)': 1")]

    def test_what_json_cannot_say_is_not_in_extra(self, archive: Archive, tmp_path: Path, name: str) -> None:
        odd = ', "a": NaN, "b": Infinity, "c": [-Infinity, {"d": NaN}], "e": 1e999, "f": ' + "9" * 5_000
        self.add(archive, tmp_path / name, one("a", odd))
        extra = str(articles_of(archive)[0]["extra"])
        told = json.loads(extra, parse_constant=pytest.fail)
        assert told == {"b": "Infinity", "c": ["-Infinity", {"d": None}], "e": "1e999", "f": "9" * 5_000}

    def test_names_may_hold_halves_of_characters(self, archive: Archive, tmp_path: Path, name: str) -> None:
        report = self.add(
            archive, tmp_path / name, one("a", ', "\\ud800": 1, "\\udc00": {"\\ud800x": "\\ud800"}')
        )
        assert report.kept == 1
        assert "\ufffd" in json.loads(str(articles_of(archive)[0]["extra"]))

    @pytest.mark.parametrize("levels", [99, 101, 900, 20_000])
    def test_deep_nesting_refuses_the_row(
        self, archive: Archive, tmp_path: Path, name: str, levels: int
    ) -> None:
        deep = one("deep", f', "k": {"[" * levels}"]}}"{"]" * levels}'.replace('"]}"', '"]}"'))
        report = self.add(archive, tmp_path / name, one("a"), deep, one("b"))
        refused = 0 if levels < 100 else 1
        assert (report.rows, report.kept, report.refused) == (3, 3 - refused, refused)
        assert list(report.reasons) == ["it is nested more than 100 levels deep"] * refused

    def test_an_object_of_too_many_characters_refuses_the_row(
        self, archive: Archive, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in (json_source, json_documents, json_decoder):
            monkeypatch.setattr(module, "LONGEST", 1_000)
        monkeypatch.setattr(json_documents, "_CHUNK", 50)
        long = one("long", ', "text": "' + 'wo\\u0072d \\" } ' * 300 + '"')
        report = self.add(archive, tmp_path / name, one("a"), long, one("b"))
        assert (report.rows, report.kept, report.refused) == (3, 2, 1)
        assert titles(archive) == ["a", "b"]

    def test_an_object_of_too_many_values_refuses_the_row(
        self, archive: Archive, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(json_decoder, "MOST_VALUES", 500)
        monkeypatch.setattr(json_decoder, "_SMALL", 100)
        monkeypatch.setattr(json_documents, "_CHUNK", 50)
        many = one("many", ', "n": [' + ",".join(["0"] * 600) + "]")
        report = self.add(archive, tmp_path / name, one("a"), many)
        assert (report.rows, report.kept, report.refused) == (2, 1, 1)


@pytest.mark.parametrize("orient", ["columns", "index"])
def test_a_table_by_columns_is_told(archive: Archive, tmp_path: Path, orient: str) -> None:
    columns = {"outlet": {"0": "A", "1": "B"}, "title": {"0": "a", "1": "b"}, "published": {"0": "", "1": ""}}
    rows = {"0": {"outlet": "A", "title": "a"}, "1": {"outlet": "B", "title": "b"}}
    (tmp_path / "t.json").write_text(json.dumps(columns if orient == "columns" else rows))
    with pytest.raises(SourceError, match="orient='records'"):
        archive.add(tmp_path / "t.json")


def test_a_record_of_bad_json_stops_at_once(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(f'[{one("a")}, {{"outlet" "A"}}, ' + one("b") * 10)
    with pytest.raises(SourceError, match="is not JSON"):
        archive.add(tmp_path / "t.json", no_text=True)
