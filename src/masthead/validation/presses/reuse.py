"""How well reuse is read on presses whose reprints are known, by degree of editing, cutting and misreading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.store import read_parquet
from masthead.links.reuse import read_reuse
from masthead.measuring.counting import counted
from masthead.press import Press, make, planted_reprints
from masthead.press.mess import clean_setting
from masthead.press.strait.outlets import OUTLETS
from masthead.validation.baselines.plain_readers import adjusted_rand, minhash_rand, pairs_in
from masthead.validation.presses.grading import archive_of, key_of
from masthead.validation.progress import Progress, in_turn

AGENCY_OUTLET = OUTLETS[0].id

CLOCKS = timedelta(minutes=30)
"""The clocks of the press agree, and nobody copies within half an hour."""


@dataclass
class ReuseGrade:
    """What was found of the reprints of one setting's presses. Each list has one figure per press.

    rand: adjusted Rand index of the near-duplicate groups, against articles with their reprints; −1 to 1
    minhash: the same of MinHash alone, at the threshold that suits each press best
    precision, recall: of pairs of articles in one group, and of pairs that belong together
    by_degree: degree → reprints, how many of them are in their source's group, and how many are linked to it
        or to another reprint of the same article
    wire: articles that come from the agency (`true`), that are called wire copy (`found`), and `both`
    echo: of the reprints, `words`, those `taken` from the source and those `read` as echo; of articles that
        took nothing, `innocent_words` and those of them read as echo, `innocent`
    """

    setting: str
    presses: int = 0
    articles: int = 0
    rand: list[float] = field(default_factory=list)
    minhash: list[float] = field(default_factory=list)
    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    by_degree: dict[str, list[int]] = field(default_factory=dict)
    wire: Counter[str] = field(default_factory=Counter)
    echo: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data: means over presses, and shares of what all of them hold."""
        wire, echo = self.wire, self.echo
        return {
            "setting": self.setting,
            "presses": self.presses,
            "articles": self.articles,
            "rand": _mean(self.rand),
            "minhash": _mean(self.minhash),
            "precision": _mean(self.precision),
            "recall": _mean(self.recall),
            "by_degree": {
                name: {"reprints": n, "found": n_grouped / n, "linked": n_linked / n}
                for name, (n, n_grouped, n_linked) in sorted(self.by_degree.items())
            },
            "wire": {
                "articles": wire["true"],
                "precision": wire["both"] / wire["found"] if wire["found"] else None,
                "recall": wire["both"] / wire["true"] if wire["true"] else None,
            },
            "echo": {
                "taken": echo["taken"] / echo["words"] if echo["words"] else None,
                "read": echo["read"] / echo["words"] if echo["words"] else None,
                "read_in_innocent": echo["innocent"] / echo["innocent_words"]
                if echo["innocent_words"]
                else None,
            },
        }


def grade_reuse(
    setting: str,
    *,
    presses: int = 3,
    articles: int = 1500,
    seed: int = 1,
    whole: bool = False,
    progress: Progress | None = None,
) -> ReuseGrade:
    """Make presses with reprints, read them, and compare with what was planted.

    With `whole`, the presses are those with everything planted, whose copies are half of an article, reworded and
    mixed with the copier's own, at the hard setting.
    """
    setting = clean_setting(setting)
    total = ReuseGrade(f"{setting}, everything planted" if whole else setting)
    for number in in_turn(range(presses), f"{total.setting} presses", progress):
        if whole:
            press = make(seed=seed + number, articles=articles, setting=setting)
        else:
            press, _ = planted_reprints(seed + number, articles, setting)
        with archive_of(press) as (_, archive):
            _add(total, press, archive)
        total.presses += 1
        total.articles += articles
    return total


def _add(total: ReuseGrade, press: Press, archive: Archive) -> None:
    truth = press.truth()
    reading = read_reuse(counted(archive), slack=CLOCKS)
    parts = [p.read(["article_id", "text", "extra"]) for p in archive.parts()]
    rows = (
        pa.concat_tables(parts)
        .join(read_parquet(reading.articles), "article_id")
        .sort_by("article_id")
        .to_pylist()
    )
    for row in rows:
        row["key"] = key_of(row["extra"])
    copies = {copy["key"]: copy for copy in truth.copies.to_pylist()}
    roots = {row["key"]: _root(row["key"], copies) for row in rows}
    true, groups = [roots[row["key"]] for row in rows], [row["group"] for row in rows]
    total.rand.append(adjusted_rand(true, groups))
    total.minhash.append(minhash_rand([row["text"] for row in rows], true))
    together = pairs_in(zip(true, groups, strict=True))
    total.precision.append(together / max(1.0, pairs_in(groups)))
    total.recall.append(together / max(1.0, pairs_in(true)))
    group = {row["key"]: row["group"] for row in rows}
    keys = {row["article_id"]: row["key"] for row in rows}
    linked_keys = _linked_keys(read_parquet(reading.links, ["article_id", "source_id"]), keys, roots)
    outlet = dict(zip(*(truth.articles[c].to_pylist() for c in ("key", "outlet")), strict=True))
    for row in rows:
        copy = copies.get(row["key"])
        from_agency = copy is not None and outlet[roots[row["key"]]] == AGENCY_OUTLET
        total.wire.update(true=from_agency, found=row["wire"], both=from_agency and row["wire"])
        if copy is None:
            total.echo.update(innocent_words=row["words"], innocent=row["echoed"])
            continue
        degree = total.by_degree.setdefault(copy["manner"], [0, 0, 0])
        degree[0] += 1
        degree[1] += group[row["key"]] == group[copy["source_key"]]
        degree[2] += row["key"] in linked_keys
        total.echo.update(words=row["words"], taken=round(copy["share"] * row["words"]), read=row["echoed"])


def _linked_keys(links: pa.Table, keys: dict[str, str], roots: dict[str, str]) -> set[str]:
    """The articles that are linked to another of the same root."""
    pairs = [(keys[link["article_id"]], keys[link["source_id"]]) for link in links.to_pylist()]
    return {key for pair in pairs if roots[pair[0]] == roots[pair[1]] for key in pair}


def _root(key: str, copies: dict[str, dict[str, Any]]) -> str:
    """The article that this one, or what it copies, was first taken from."""
    while key in copies:
        key = copies[key]["source_key"]
    return key


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
