"""How often the sources say `dict[str, Any]`, `Mapping[str, Any]` or `list[Any]`: what passes with no type.

`python -m tests.untyped` prints it folder by folder; with a folder's name, the lines in it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "masthead"

_UNTYPED = re.compile(r"\b(?:dict\[str, Any\]|(?:Mutable)?Mapping\[str, Any\]|(?:list|Sequence)\[Any\])")


def untyped_lines() -> Iterator[tuple[str, str, int]]:
    """Yield each place as its folder under `src/masthead`, `path:line`, and how often the line says it."""
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE)
        folder = place.parts[0] if len(place.parts) > 1 else "."
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if n := len(_UNTYPED.findall(line)):
                yield folder, f"{place.as_posix()}:{number}", n


def untyped_counts() -> Counter[str]:
    """Count them by folder."""
    counts: Counter[str] = Counter()
    for folder, _, n in untyped_lines():
        counts[folder] += n
    return counts


def main(folders: list[str]) -> None:
    """Print the counts, or the lines of some folders."""
    if folders:
        print(*(where for folder, where, _ in untyped_lines() if folder in folders), sep="\n")
        return
    counts = untyped_counts()
    for folder, n in counts.most_common():
        print(f"{n:5}  {folder}")
    print(f"{counts.total():5}  together")


if __name__ == "__main__":
    main(sys.argv[1:])
