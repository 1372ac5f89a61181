"""What an archive holds is never thrown away for want of a line in its index; damage is noticed and mended."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archive_samples import ARTICLES, articles_of, files_of, write_csv

from masthead.archive import Archive
from masthead.archive import parts as parts_module
from masthead.archive.keeping import whole
from masthead.archive.keeping.step import UNFINISHED
from masthead.errors import ArchiveError

MANY = [
    {**ARTICLES[i % 3], "outlet": "" if i % 10 == 9 else "Post", "title": f"Title {i}"} for i in range(40)
]


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts_module, "PART_ROWS", 10)


@pytest.fixture
def filled(archive: Archive, tmp_path: Path) -> Archive:
    archive.add(write_csv(tmp_path / "first.csv", ARTICLES))
    archive.add(write_csv(tmp_path / "many.csv", MANY))
    return archive


def ids_of(archive: Archive) -> list[object]:
    return sorted(str(row["article_id"]) for row in articles_of(archive))


def flipped(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 4
    path.write_bytes(content)


class TestAnIndexThatIsLost:
    @pytest.mark.parametrize("left", [0, 1])
    def test_deletes_nothing_is_named_and_comes_back(
        self, filled: Archive, tmp_path: Path, left: int
    ) -> None:
        before, ids = files_of(filled), ids_of(filled)
        index = filled.path / "ingests.jsonl"
        lines = index.read_text().splitlines(keepends=True)
        index.write_text("".join(lines[:left])) if left else index.unlink()
        with pytest.raises(ArchiveError, match="does not name"):
            filled.add(write_csv(tmp_path / "new.csv", [{**ARTICLES[0], "title": "New"}]))
        there = files_of(filled)
        assert {name: there[name] for name in before if name != "ingests.jsonl"} == {
            name: content for name, content in before.items() if name != "ingests.jsonl"
        }
        unnamed = filled.info().unnamed
        assert len(unnamed) == (6 if not left else 5)
        mended = filled.mend()
        assert (mended.articles, mended.refused, mended.aside) == (36 + (0 if left else 3), 4, {})
        assert ids_of(filled) == ids
        assert filled.info().unnamed == []
        assert filled.check().faults == []
        assert filled.add(tmp_path / "many.csv").kept == 0

    def test_is_not_read_as_an_archive_with_fewer_articles_by_add(self, filled: Archive) -> None:
        (filled.path / "ingests.jsonl").write_text("")
        with pytest.raises(ArchiveError, match="archive mend"):
            filled.add(filled.path.parent / "many.csv")

    def test_a_line_that_is_torn_is_damage_and_the_rest_stays(self, filled: Archive) -> None:
        ids = ids_of(filled)
        index = filled.path / "ingests.jsonl"
        index.write_text(index.read_text()[:-40])
        with pytest.raises(ArchiveError, match=r"archive mend"):
            filled.parts()
        mended = filled.mend()
        assert [Path(name).name for name in mended.aside] == ["ingests.jsonl.damaged"]
        assert ids_of(filled) == ids
        assert filled.check().faults == []

    @pytest.mark.parametrize(
        "line", ["[]", "7", '{"parts": {}}', '{"ingest": "0001-a", "parts": [], "rows": 1}']
    )
    def test_json_that_is_no_line_of_an_index_is_damage(self, filled: Archive, line: str) -> None:
        with (filled.path / "ingests.jsonl").open("a") as index:
            index.write(line + "\n")
        with pytest.raises(ArchiveError, match=r"line 3 is neither"):
            filled.parts()


class TestMending:
    def test_an_article_does_not_come_twice(self, filled: Archive) -> None:
        ids = ids_of(filled)
        part = filled.parts()[1]
        table = pq.read_table(part.path)
        extra = table.slice(0, 4)
        name = whole.part_name(whole.content_hash(extra))
        pq.write_table(extra, filled.path / "articles" / name)
        mended = filled.mend()
        assert mended.ingests == []
        assert mended.aside == {f"aside/{name}": "4 of its 4 articles are in the archive already"}
        assert ids_of(filled) == ids

    def test_of_a_part_that_is_there_in_part_the_rest_comes(self, filled: Archive) -> None:
        lines = (filled.path / "ingests.jsonl").read_text().splitlines(keepends=True)
        last = filled.parts()[-1]
        ids = ids_of(filled)
        held = pq.read_table(last.path)
        smaller = held.slice(0, held.num_rows // 2).combine_chunks()
        name = whole.part_name(whole.content_hash(smaller))
        pq.write_table(smaller, filled.path / "articles" / name)
        record = json.loads(lines[1])
        del record["parts"][last.name], record["files"]
        record["parts"][name] = smaller.num_rows
        (filled.path / "ingests.jsonl").write_text(lines[0] + json.dumps(record) + "\n")
        mended = filled.mend()
        assert mended.articles == held.num_rows - smaller.num_rows
        assert list(mended.aside) == [f"aside/{last.name}"]
        assert ids_of(filled) == ids

    def test_what_cannot_be_read_is_set_aside_and_not_lost(self, filled: Archive) -> None:
        (filled.path / "articles" / "part-0123456789abcdef.parquet").write_bytes(b"PAR1 and no more")
        mended = filled.mend()
        assert list(mended.aside) == ["aside/part-0123456789abcdef.parquet"]
        assert (filled.path / "aside" / "part-0123456789abcdef.parquet").read_bytes() == b"PAR1 and no more"
        assert filled.unnamed() == []

    def test_nothing_to_mend_changes_nothing(self, filled: Archive) -> None:
        before = files_of(filled)
        assert filled.mend().ingests == []
        assert files_of(filled) == before


class TestAKilledStep:
    def killed(
        self, archive: Archive, monkeypatch: pytest.MonkeyPatch, do: Callable[[], object], nth: int
    ) -> bool:
        """Whether `do` was killed before its `nth` change of the file system."""

        class Killed(BaseException):
            pass

        calls = iter(range(nth))

        def dying(real: Callable[..., object]) -> Callable[..., object]:
            def call(*args: object, **options: object) -> object:
                if next(calls, None) is None:
                    raise Killed
                return real(*args, **options)

            return call

        with monkeypatch.context() as patch:
            for name in ("replace", "unlink", "rmdir", "mkdir"):
                patch.setattr(os, name, dying(getattr(os, name)))
            patch.setattr(os, "fsync", dying(os.fsync))
            try:
                do()
            except Killed:
                return True
        return False

    @pytest.mark.parametrize("what", ["add", "undo", "replace", "mend"])
    def test_loses_and_doubles_nothing(
        self, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
    ) -> None:
        # At each of some forty changes of the file system: the archive is small, so that this takes a second.
        begun = archive
        archive.add(write_csv(tmp_path / "first.csv", ARTICLES))
        archive.add(write_csv(tmp_path / "many.csv", MANY[:14]))
        third = write_csv(tmp_path / "third.csv", [{**ARTICLES[0], "title": f"Third {i}"} for i in range(11)])
        if what == "mend":
            (begun.path / "ingests.jsonl").unlink()
        start = files_of(begun)
        doing: dict[str, Callable[[Archive], object]] = {
            "add": lambda archive: archive.add(third),
            "undo": lambda archive: archive.undo("0002"),
            "replace": lambda archive: archive.add(
                tmp_path / "many.csv",
                mapping={"outlet": "outlet", "title": "text"},
                no_text=True,
                replace=True,
            ),
            "mend": lambda archive: archive.mend(),
        }
        finished = Archive.open(shutil.copytree(begun.path, tmp_path / "finished.archive"))
        doing[what](finished)
        ends = (sorted(start), sorted(files_of(finished)))
        step, killed = 0, True
        while killed:
            archive = Archive.open(shutil.copytree(begun.path, tmp_path / f"{step}.archive"))
            killed = self.killed(archive, monkeypatch, lambda archive=archive: doing[what](archive), step)  # type: ignore[misc]
            if what != "mend":
                # Whoever reads now, without a lock, finds one state or the other.
                assert len(archive.parts()) in (len(begun.parts()), len(finished.parts()))
            with archive._writing():
                pass
            assert sorted(files_of(archive)) in ends
            if what != "mend" or archive.ingests():
                assert archive.check().faults == []
            shutil.rmtree(archive.path)
            step += 1
        assert step > 10

    def test_a_step_without_a_plan_is_removed_and_nothing_else(self, filled: Archive) -> None:
        before = files_of(filled)
        stage = filled.path / UNFINISHED / "articles"
        stage.mkdir(parents=True)
        (stage / "part-0123456789abcdef.parquet").touch()
        (stage / ".part-0.parquet.01234567.tmp").touch()
        with filled._writing():
            pass
        assert files_of(filled) == before

    def test_a_plan_names_only_files_of_articles_and_refused_rows(self, filled: Archive) -> None:
        before = files_of(filled)
        index = before["ingests.jsonl"].decode()
        plan = {"come": [], "leave": ["../outside", "archive.toml"], "before": "", "index": index}
        (filled.path / UNFINISHED).mkdir()
        (filled.path / UNFINISHED / "plan.json").write_text(json.dumps(plan))
        (filled.path.parent / "outside").touch()
        with filled._writing():
            pass
        assert files_of(filled) == before
        assert (filled.path.parent / "outside").exists()


class TestHashes:
    def test_a_flipped_bit_anywhere_in_a_part_is_noticed(self, filled: Archive) -> None:
        path = filled.parts()[1].path
        content = path.read_bytes()
        for at in range(0, len(content), 41):
            flipped(path, at)
            with pytest.raises(ArchiveError, match="its bytes are not those that were written"):
                Archive.open(filled.path).parts()
            path.write_bytes(content)
        assert len(filled.parts()) == 5

    def test_other_words_under_a_part_s_name_are_noticed_in_an_older_archive(self, filled: Archive) -> None:
        """Older indexes hold no hash of a part's bytes: its content is held against its name."""
        index = filled.path / "ingests.jsonl"
        lines = [json.loads(line) for line in index.read_text().splitlines()]
        for line in lines:
            for new in ("files", "columns", "duplicate_of"):
                del line[new]
        index.write_text("".join(json.dumps(line) + "\n" for line in lines))
        assert len(filled.parts()) == 5
        part = filled.parts()[0]
        table = pq.read_table(part.path)
        lied = pa.array([text.replace("said", "lied") for text in table["text"].to_pylist()])
        place = table.schema.get_field_index("text")
        pq.write_table(table.set_column(place, table.schema.field("text"), lied), part.path)
        with pytest.raises(ArchiveError, match="1 of its articles are not those that their ids stand for"):
            filled.hash  # noqa: B018
        checked = filled.check()
        assert len(checked.faults) == 1
        assert checked.faults[0].startswith(f"articles/{part.name}: 1 of its articles")

    def test_check_names_every_kind_of_fault(self, filled: Archive) -> None:
        assert filled.check().faults == []
        parts = filled.parts()
        parts[0].path.unlink()
        flipped(parts[1].path, 200)
        shutil.copy(parts[2].path, parts[3].path)
        (filled.path / "articles" / "part-0123456789abcdef.parquet").write_bytes(b"")
        next((filled.path / "quarantine").iterdir()).unlink()
        index = filled.path / "ingests.jsonl"
        index.write_text(index.read_text().replace('"rows": 40', '"rows": 41'))
        told = "\n".join(filled.check().faults)
        for fault in (
            "it is not there; 0001-",
            f"{parts[1].name}: it cannot be read",
            f"{parts[3].name}: its articles are not those that its name stands for",
            "are in the archive twice",
            "part-0123456789abcdef.parquet: no ingest names it",
            "it is not there, and 4 rows were refused",
            "its rows are not those kept, duplicate and refused together",
        ):
            assert fault in told

    def test_what_was_checked_is_not_hashed_again_until_it_changes(
        self, filled: Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(whole, "_SETTLED", 0)
        monkeypatch.setattr(whole, "REMEMBERED_FROM", 1)
        hashed: list[str] = []
        digest_of = whole.digest_of
        monkeypatch.setattr(whole, "digest_of", lambda path: hashed.append(path.name) or digest_of(path))
        filled.parts()
        assert len(hashed) == 5
        # Another process remembers by the file beside the archive.
        monkeypatch.setattr(whole, "_states", {})
        monkeypatch.setattr(whole, "_folders_recalled", set())
        hashed.clear()
        assert len(Archive.open(filled.path).parts()) == 5
        assert hashed == []
        flipped(filled.parts()[2].path, 60)
        with pytest.raises(ArchiveError, match="is damaged"):
            filled.parts()

    def test_a_damaged_memory_is_no_memory(self, filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
        for content in ("{", "[1]", '{"a": 1}', '{"a": ["x", 1, 2]}'):
            (filled.path / whole.MEMORY).write_text(content)
            monkeypatch.setattr(whole, "_folders_recalled", set())
            assert len(filled.parts()) == 5


def test_a_survey_s_snapshot_does_not_see_what_comes_later(filled: Archive, tmp_path: Path) -> None:
    held = filled.snapshot()
    digest = held.hash
    filled.add(write_csv(tmp_path / "new.csv", [{**ARTICLES[0], "title": "New"}]))
    assert (held.hash, len(held.parts())) == (digest, 5)
    assert len(filled.parts()) == 6
    assert filled.hash != digest
    with held.writer_lock(), pytest.raises(ArchiveError, match="another program"):
        Archive.open(filled.path).undo()


class TestTemporaryFiles:
    def test_those_of_killed_programs_are_swept_and_those_of_live_ones_stay(self, filled: Archive) -> None:
        from masthead.archive.store import replacing

        folder = filled.path / "readings" / "naming" / "5" / "abc"
        folder.mkdir(parents=True)
        (folder / ".part-1.parquet.01234567.tmp").touch()
        with replacing(folder / "live.json") as temporary:
            assert filled.sweep() == 1
            assert [path.name for path in folder.iterdir()] == [temporary.name]
            temporary.write_text("{}")
        assert [path.name for path in folder.iterdir()] == ["live.json"]
