"""Turn the PolNeAR articles into one JSON Lines file that `masthead add` reads.

    python studies/prepare_campaign_2016.py train.tar.xz campaign.jsonl

The outlet and the date stand in each file's name (`nyt_2016-05-17_….txt`); the title is the first paragraph.
Source: Newell, Margolin, Ruths (LREC 2018), PolNeAR 1.0.
"""

from __future__ import annotations

import json
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath


def articles(archive: Path) -> Iterator[dict[str, str]]:
    """Yield outlet, published, title and text of each article, in the order of the files' names."""
    with tarfile.open(archive) as tar:
        members = [m for m in tar.getmembers() if m.isfile() and m.name.endswith(".txt")]
        for member in sorted(members, key=lambda m: m.name):
            name = PurePosixPath(member.name).stem
            outlet, published, _ = name.split("_", 2)
            stream = tar.extractfile(member)
            if stream is None:
                continue
            title, _, text = stream.read().decode("utf-8").partition("\n\n")
            yield {
                "outlet": outlet,
                "published": published,
                "title": " ".join(title.split()),
                "text": text.strip(),
                "file": name,
            }


def main(argv: list[str]) -> int:
    """Write the file; return the exit code."""
    if len(argv) != 2:
        sys.stderr.write("usage: prepare_campaign_2016.py train.tar.xz campaign.jsonl\n")
        return 2
    with Path(argv[1]).open("w", encoding="utf-8") as out:
        for article in articles(Path(argv[0])):
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
