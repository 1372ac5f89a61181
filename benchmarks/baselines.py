"""`python -m benchmarks.baselines`: how plain baselines fare on a press; what a reader must beat to be worth its name.

At the hard setting all of them fail by the bars in `BARS`, on articles that a reader can still tell apart, trace and
judge. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from masthead.press.mess import clean_setting
from masthead.press.press import Press, make
from masthead.press.strait.subjects import ROLES
from masthead.press.study_text import aliases_of
from masthead.press.truth import Truth
from masthead.validation.baselines.plain_readers import (
    lexicon_portrayals,
    macro_f1,
    minhash_rand,
    tfidf_stories,
)

BARS = {"stories": 0.80, "reuse": 0.80, "naming": 0.80, "portrayal": 0.65}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Score:
    """One baseline's figure on a press, 0 to 1, and the bar below which the press is hard enough for it."""

    name: str
    figure: str
    value: float
    bar: float

    def to_dict(self) -> dict[str, object]:
        """The score as a mapping."""
        return asdict(self)


def run_baselines(*, seed: int = 1, articles: int = 1500, setting: str = "hard") -> list[Score]:
    """Make a press and grade four plain baselines on it.

    Raises UsageError for a setting that is unknown or messy.
    """
    press = make(seed=seed, articles=articles, setting=clean_setting(setting))
    rows = list(press.articles())
    truth = press.truth()
    keys = [row["key"] for row in rows]
    texts = [f"{row['title']}\n{row['text']}" for row in rows]
    story_of = dict(zip(*(truth.articles[c].to_pylist() for c in ("key", "story")), strict=True))
    stories = tfidf_stories(texts, [story_of[k] for k in keys])
    reuse = minhash_rand([row["text"] for row in rows], _copy_clusters(truth, keys))
    return [
        Score("TF-IDF clusters, stories", "B-cubed F1", stories, BARS["stories"]),
        Score("MinHash alone, reuse", "adjusted Rand", reuse, BARS["reuse"]),
        Score(
            "three words either side, naming",
            "F1 of labels",
            _window_naming(press, rows, truth),
            BARS["naming"],
        ),
        Score(
            "sentiment lexicon, portrayal",
            "macro F1",
            macro_f1(lexicon_portrayals(rows, truth).values()),
            BARS["portrayal"],
        ),
    ]


def _copy_clusters(truth: Truth, keys: Sequence[str]) -> list[str]:
    """Each article's cluster: the original that it, or what it copies, was taken from."""
    source = dict(zip(truth.copies["key"].to_pylist(), truth.copies["source_key"].to_pylist(), strict=True))
    roots = []
    for key in keys:
        root = key
        while root in source:
            root = source[root]
        roots.append(root)
    return roots


def _window_naming(press: Press, rows: Sequence[dict[str, str]], truth: Truth) -> float:
    """Every label word within three words of a name, or in it, is taken for a label of it."""
    aliases = {
        a: cast.id for role, cast in zip(ROLES, press.casts, strict=True) for a in aliases_of(role, cast)
    }
    surnames = {s: cast.id for role, cast in zip(ROLES, press.casts, strict=True) if role.type == "person"
                for s in cast.short}  # fmt: skip
    aliases |= surnames
    scan = re.compile(
        r"\b(" + "|".join(re.escape(a) for a in sorted(aliases, key=len, reverse=True)) + r")\b",
        re.IGNORECASE,
    )
    subject_of = {a.lower(): s for a, s in aliases.items()}
    words = _label_words(press)
    found: set[tuple[str, str, str, int, str]] = set()
    for row in rows:
        for field in ("title", "text"):
            text = row[field]
            tokens = [(m.start(), m.end(), m[0].lower()) for m in _WORD.finditer(text)]
            for hit in scan.finditer(text):
                subject = subject_of[hit[0].lower()]
                before = [t for t in tokens if t[1] <= hit.start()][-3:]
                within = [t for t in tokens if hit.start() <= t[0] < hit.end()]
                after = [t for t in tokens if t[0] >= hit.end()][:3]
                for _, _, token in before + within + after:
                    if token in words[subject]:
                        found.add((row["key"], field, subject, hit.start(), words[subject][token]))
    true = {
        (m["key"], m["field"], m["subject"], m["start"], m["label"])
        for m in truth.mentions.to_pylist()
        if m["label"] and not m["denied"]
    }
    agreed = len(found & true)
    return 2 * agreed / (len(found) + len(true)) if found or true else 0.0


def _label_words(press: Press) -> dict[str, dict[str, str]]:
    """Per subject, every shape of every label word, and its lemma."""
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for role, cast in zip(ROLES, press.casts, strict=True):
        for family in role.families:
            for word in family.words:
                for shape in (word.noun, word.plural, word.modifier):
                    if shape:
                        words[cast.id][shape.lower()] = word.lemma
    return words


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how plain baselines fare on a press."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.baselines", description=main.__doc__)
    parser.add_argument("--setting", default="hard", help="easy, medium or hard")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--json", action="store_true", help="print JSON")
    chosen = parser.parse_args(arguments)
    scores = run_baselines(seed=chosen.seed, articles=chosen.articles, setting=chosen.setting)
    if chosen.json:
        print(json.dumps([score.to_dict() for score in scores], indent=2))
        return
    for score in scores:
        print(f"{score.name:<32} {score.figure:<14} {score.value:6.3f}   hard enough below {score.bar:.2f}")


if __name__ == "__main__":
    main()
