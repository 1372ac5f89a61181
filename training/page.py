"""The model card as a page of the docs, with its reliability diagram."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any


def write_page(card: dict[str, Any], page: Path) -> None:
    """Write the page, and ``images/portrayal-reliability.svg`` beside it."""
    image = page.parent / "images" / "portrayal-reliability.svg"
    _diagram(card, image)
    page.write_text("\n".join(_lines(card, image.relative_to(page.parent))) + "\n", encoding="utf-8")


def _lines(card: dict[str, Any], image: Path) -> list[str]:
    tests = card["tests"]
    made = card["made_from"]
    size = sum(card["size"].values()) / 1e6
    return [
        "# The portrayal model",
        "",
        f"`{card['name']}` version {card['version']}: {card['task']}. {size:.1f} MB, English, no network, no torch.",
        "This page and `card.json`, which ships beside the model, are written by `python -m training`;",
        "`masthead evaluate portrayal FILE.jsonl` prints the same scores for these files and for any of your own.",
        "",
        "## Scores",
        "",
        "The shipped file on the two development sets of NewsMTSC (Hamborg and Donnay, EACL 2021; US political",
        "news), which it was not trained on; its temperature and two class offsets were fitted on them. Intervals",
        "are over sentences, 95%. The control is the same base model fine-tuned without the target being marked:",
        "what it scores has nothing to do with who is meant.",
        "",
        *_table(
            (
                "set",
                "mentions",
                "macro-F1",
                "accuracy",
                "control's macro-F1",
                "calibration error",
                "mean off by",
            ),
            [
                (
                    t["name"],
                    t["n"],
                    _span(t["details"]["whole"]["macro_f1"]),
                    _span(t["details"]["whole"]["accuracy"]),
                    _share(t["control_macro_f1"]),
                    f"{t['ece']:.3f}",
                    f"{t['bias']:+.3f}",
                )
                for t in tests
            ],
        ),
        "",
        "`mean off by`: the mean of the model's readings less the mean of the people's labels, from −1 to 1.",
        "",
        "### By class",
        "",
        *_table(
            ("set", "class", "labels", "precision", "recall", "F1"),
            [
                (
                    t["name"],
                    c["name"],
                    c["support"],
                    _share(c["precision"]["value"]),
                    _share(c["recall"]["value"]),
                    _span(c["f1"]),
                )
                for t in tests
                for c in t["details"]["classes"]
            ],
        ),
        "",
        "### Confusion",
        "",
        *_table(
            ("set", "label", "guessed unfavourable", "neutral", "favourable"),
            [
                (t["name"], c["name"], *row)
                for t in tests
                for c, row in zip(t["details"]["classes"], t["details"]["confusion"], strict=True)
            ],
        ),
        "",
        "### By length of the sentence, and by how many subjects it has",
        "",
        *_table(
            ("set", "words or subjects", "mentions", "macro-F1", "accuracy"),
            [
                (
                    t["name"],
                    f"{part['name']} {what}",
                    part["n"],
                    _span(part["macro_f1"]),
                    _span(part["accuracy"]),
                )
                for t in tests
                for what, parts in (
                    ("words", t["details"]["by_length"]),
                    ("subjects", t["details"]["by_subjects"]),
                )
                for part in parts
            ],
        ),
        "",
        "## Calibration",
        "",
        f"![How often guesses of each confidence are right]({image.as_posix()})",
        "",
        "Expected calibration error with the calibration fitted on four fifths of each set and judged on the rest:",
        "",
        *_table(
            ("set", "error", "of a perfectly calibrated model, by chance"),
            [
                (name, f"{found['error']:.3f}", f"{found['by_chance']:.3f}")
                for name, found in card["calibration_of_unseen"].items()
            ],
        ),
        "",
        "## What it is bad at",
        "",
        *(f"- {one}" for one in card["bad_at"]),
        "",
        "## What it was made from",
        "",
        "- gold: " + ", ".join(f"`{name}` ({sha[:12]}…)" for name, sha in made["gold"].items()),
        f"- unlabelled: {made['unlabelled']['sentences']:,} mention sentences of `{made['unlabelled']['file']}`"
        f" ({made['unlabelled']['sha256'][:12]}…), none of which stands in a gold file",
        "- bases: " + ", ".join(f"`{name}` ({sha[:12]}…)" for name, sha in made["bases"].items()),
        "- teachers on the development sets: " + "; ".join(str(t) for t in made["teachers_on_dev"]),
        *(f"- {name}: {recipe}" for name, recipe in made["recipes"].items()),
        "- with " + ", ".join(f"{name} {version}" for name, version in made["packages"].items()),
        "- files: " + ", ".join(f"`{name}` sha256 {sha}" for name, sha in card["sha256"].items()),
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    return [
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
        *("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows),
    ]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def _span(interval: dict[str, float | None]) -> str:
    return f"{_share(interval['value'])} ({_share(interval['low'])} to {_share(interval['high'])})"


def _diagram(card: dict[str, Any], image: Path) -> None:
    """Confidence against the share of right guesses, a point per bin, its size the mentions in it."""
    import altair as alt
    import vl_convert

    points = [
        {"set": t["name"], "confidence": b["confidence"], "right": b["right"], "mentions": b["n"]}
        for t in card["tests"]
        for b in t["details"]["calibration"]["bins"]
    ]
    scale = alt.Scale(domain=[0.3, 1])
    base = (
        alt.Chart(alt.Data(values=points))
        .mark_point(filled=True, opacity=0.8)
        .encode(
            x=alt.X("confidence:Q", scale=scale, title="the model's confidence"),
            y=alt.Y("right:Q", scale=scale, title="share of guesses that are right"),
            size=alt.Size("mentions:Q"),
            color=alt.Color("set:N", title=None),
            shape=alt.Shape("set:N", title=None),
        )
    )
    line = (
        alt.Chart(alt.Data(values=[{"x": 0.3}, {"x": 1}]))
        .mark_line(color="gray", strokeDash=[4, 4])
        .encode(x="x:Q", y="x:Q")
    )
    image.parent.mkdir(parents=True, exist_ok=True)
    image.write_text(vl_convert.vegalite_to_svg((line + base).properties(width=320, height=320).to_json()))
