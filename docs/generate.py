"""Write the parts of the documentation that are made from the code: `make docs`.

Every command's help goes to `reference/commands.md`; what a measure declares goes into its methods page,
between the two marks. A test fails when a page is out of date.
"""

from __future__ import annotations

import re
from pathlib import Path

import typer

from masthead.cli import application
from masthead.measuring import MEASURES

DOCS = Path(__file__).parent


def commands() -> str:
    """The help of every command, as one page."""
    root = typer.main.get_command(application())
    lines = ["# Commands", "", "Made by `make docs` from the commands themselves.", ""]

    def describe(command, path: list[str]) -> None:
        context = command.make_context(path[-1], [], resilient_parsing=True)
        context.info_name = " ".join(path)
        context.terminal_width = context.max_content_width = 100
        lines.extend([f"## {' '.join(path)}", "", "```text", command.get_help(context).rstrip(), "```", ""])
        for name, child in getattr(command, "commands", {}).items():
            describe(child, [*path, name])

    describe(root, ["masthead"])
    return "\n".join(line.rstrip() for line in lines)


def declared(page: str, name: str) -> str:
    """A methods page with its declaration brought up to date."""
    told = MEASURES[name].declaration()
    low, high = MEASURES[name].range
    rows = [
        f"**{told['question']}**",
        "",
        "| | |",
        "|---|---|",
        f"| numerator, per {told['unit']} | {told['numerator']} |",
        f"| denominator, per {told['unit']} | {told['denominator']} |",
        f"| range | {low:g} to {high:g} |",
        f"| voices | {', '.join(MEASURES[name].voices)} |",
        f"| example | `{told['example']}` |",
        "",
        "It cannot see:",
        "",
        *(f"- {spot}" for spot in MEASURES[name].blind_spots),
        "",
        f"Source: {told['source']}",
    ]
    block = "<!-- declared -->\n" + "\n".join(rows) + "\n<!-- /declared -->"
    return re.sub(r"<!-- declared -->.*?<!-- /declared -->", lambda _: block, page, flags=re.S)


def pages() -> dict[Path, str]:
    """Every generated page with the text it should have."""
    made = {DOCS / "reference" / "commands.md": commands()}
    for name in MEASURES:
        path = DOCS / "methods" / f"{name}.md"
        made[path] = declared(path.read_text(encoding="utf-8"), name)
    return made


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
