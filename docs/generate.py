"""Write the parts of the documentation that are made from the code: `make docs`.

Every command's help goes to `reference/commands.md`. What a measure declares goes into its page, between two marks.
`study.md` has every key of a study file, `tables.md` every column of a dossier's tables, `design/what-is-kept.md` every
store of an archive. A test fails when a page is out of date.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import math
import re
import types
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pyarrow as pa
import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from masthead.cli import application
from masthead.findings.findings import AS_CSV
from masthead.findings.meanings import MEANT, meaning
from masthead.findings.schemas import SCHEMAS
from masthead.measuring import MEASURES
from masthead.study import Event, Outlet, Period, Study, Where
from masthead.study.claim import Claim, Sentence
from masthead.study.factor import Factor, Value
from masthead.study.portrayal import Portrayal
from masthead.study.subject import Alias, Subject
from masthead.surveying.stores import STORES

DOCS = Path(__file__).parent


def commands() -> str:
    """The help of every command, as one page."""
    root = typer.main.get_command(application())
    lines = ["# Commands", "", "Made by `make docs` from the commands themselves.", ""]

    def describe(command: Any, path: list[str]) -> None:
        context = command.make_context(path[-1], [], resilient_parsing=True)
        context.info_name = " ".join(path)
        context.terminal_width = context.max_content_width = 100
        lines.extend([f"## {' '.join(path)}", "", "```text", command.get_help(context).rstrip(), "```", ""])
        for name, child in getattr(command, "commands", {}).items():
            describe(child, [*path, name])

    describe(root, ["masthead"])
    return "\n".join(line.rstrip() for line in lines)


def declared(page: str, name: str) -> str:
    """A page with a measure's declaration brought up to date."""
    measure = MEASURES[name]
    low, high = measure.range
    rows = [
        f"**{measure.question}**",
        "",
        "| | |",
        "|---|---|",
        f"| measure | `{name}`" + (f", comes with `{measure.comes_with}` |" if measure.comes_with else " |"),
        f"| one unit | {'an' if measure.unit[0] in 'aeiou' else 'a'} {measure.unit} |",
        f"| numerator, per {measure.unit} | {measure.numerator} |",
        f"| denominator, per {measure.unit} | {measure.denominator} |",
        f"| range | {low:g} {'and up' if math.isinf(high) else f'to {high:g}'} |",
        f"| voices | {', '.join(measure.voices)} |",
        f"| try | `{measure.example}` |",
        "",
        "It cannot see:",
        "",
        *(f"- {spot}" for spot in measure.blind_spots),
        "",
        f"Source: {measure.source}",
    ]
    block = "<!-- declared -->\n" + "\n".join(rows) + "\n<!-- /declared -->"
    return re.sub(r"<!-- declared -->.*?<!-- /declared -->", lambda _: block, page, flags=re.S)


KEYS: tuple[tuple[str, str, type[BaseModel]], ...] = (
    ("The study itself", "Keys at the top of the file, before any table.", Study),
    ("`[where]`", "Which articles count. All kinds that are given must fit.", Where),
    ("`[period]`", "The time that the study covers, both days included.", Period),
    ("`[[outlet]]`", "A publisher under study, one table for each.", Outlet),
    ("`[[subject]]`", "What the study asks about, one table for each.", Subject),
    (
        "An alias",
        'A text in `aliases`, or a table where more has to be said: `{ text = "Strait", case = "exact" }`.',
        Alias,
    ),
    ("`[[event]]`", "Days with a name, both included.", Event),
    ("`[portrayal]`", "Another model for portrayal than the one that Masthead ships.", Portrayal),
    (
        "`[[factor]]`",
        "A possible explanation of who sides with whom: a number for each subject, by one rule for everybody.",
        Factor,
    ),
    (
        "A value of a factor",
        "A number in `values`, or a list of tables where it changed: "
        "`[{ value = -1 }, { from = 2016-08-01, value = 1 }]`.",
        Value,
    ),
    ("`[[claim]]`", "A claim about coverage. `masthead docs claims` says how they are judged.", Claim),
    ("`[[sentence]]`", "A sentence that somebody wrote, with the claims that it makes.", Sentence),
)
"""The tables of a study file: heading, what it is, and the model that checks it."""

WHOLE = """```toml
title = "The strait, 2019 to 2021"
archive = "strait.archive"
measures = ["attention", "naming", "portrayal"]

[period]
from = 2019-01-01
to = 2021-12-31
by = "quarter"

[[outlet]]
id = "free-shore"
match = ["Free Shore", "freeshore.example"]
group = "east"

[[outlet]]
id = "hallam-courier"
match = ["Hallam Courier"]
group = "west"

[[subject]]
id = "shoal-front"
name = "Shoal Liberation Front"
kind = "actor"
aliases = ["Shoal Liberation Front", "Shoal Front", "SLF", "rebels", "militants"]

[subject.categories]
resistance = ["resistance", "partisan*"]
terrorist = ["terror*"]

[[claim]]
id = "resistance"
text = "Free Shore writes of the resistance more than the Courier does."
measure = "naming"
subject = "shoal-front"
category = "resistance"
outlet = "free-shore"
versus = "hallam-courier"
expect = "more"
margin = 0.10
```"""


def described(model: type[BaseModel]) -> dict[str, str]:
    """What the docstring below each field of a model says."""
    statements = ast.parse(inspect.getsource(model)).body[0].body
    told: dict[str, str] = {}
    for field, text in itertools.pairwise(statements):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
            told[field.target.id] = " ".join(ast.literal_eval(text.value).split())
    return told


def kind_of(annotation: Any) -> str:
    """A type in plain words."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return kind_of(args[0])
    if origin is Literal:
        return "one of " + ", ".join(f"`{one}`" for one in args)
    if origin in (Union, types.UnionType):
        return " or ".join(kind_of(one) for one in args if one is not type(None))
    if origin is tuple and args[0] is Alias:
        return "list of texts or tables"
    if origin is tuple:
        within = kind_of(args[0])
        return f"list: {within}" if within.startswith("one of") else f"list of {within}s"
    if origin is dict:
        return "table"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "table"
    return {
        "str": "text",
        "float": "number",
        "int": "whole number",
        "bool": "`true` or `false`",
        "date": "day",
    }[annotation.__name__]


BOUNDS = {"gt": "above", "ge": "at least", "lt": "below", "le": "at most"}


def bounds_of(field: FieldInfo) -> str:
    """The bounds of a number, in words; empty where it has none."""
    return "".join(
        f", {words} {getattr(rule, name):g}"
        for rule in field.metadata
        for name, words in BOUNDS.items()
        if getattr(rule, name, None) is not None
    )


def default_of(field: FieldInfo) -> str:
    """What a key means where it is left out; empty where nothing is."""
    if field.is_required():
        return "needed"
    default = field.default
    if field.default_factory is not None or default in (None, "", ()):
        return ""
    if isinstance(default, tuple):
        return "all"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def study_keys() -> str:
    """Every key of a study file, as one page."""
    lines = [
        "# The study file",
        "",
        "A study file says what to ask of an archive. It is written in [TOML](https://toml.io): keys with values, and",
        "tables. `masthead study new ARCHIVE` writes one to start from. A key that Masthead does not know is an error,",
        "which names the nearest key that it knows. Made by `make docs` from the code.",
        "",
        "A small study:",
        "",
        WHOLE,
    ]
    for heading, about, model in KEYS:
        told = described(model)
        lines += ["", f"## {heading}", "", about, ""]
        lines += ["| key | what it means | type | default | example |", "|---|---|---|---|---|"]
        for name, field in model.model_fields.items():
            text, _, example = told[name].partition(" Example: ")
            kind = kind_of(field.rebuild_annotation())
            cells = (f"`{field.alias or name}`", text, kind + bounds_of(field), default_of(field), example)
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


KINDS = {
    pa.string(): "text",
    pa.int64(): "whole number",
    pa.int32(): "whole number",
    pa.float64(): "number",
    pa.date32(): "day",
    pa.bool_(): "true or false",
    pa.timestamp("us", tz="UTC"): "time",
    pa.list_(pa.string()): "list of texts",
}
"""The kinds of columns in plain words."""


def tables() -> str:
    """Every column of a dossier's tables, as one page."""
    lines = [
        "# The tables",
        "",
        "`masthead survey` writes these tables beside the pages of a dossier: each as Parquet, some as CSV, too.",
        "In Python they are the fields of what `masthead.survey` returns. Made by `make docs` from the code.",
        "",
        "An empty cell means what the last column says. A CSV file is UTF-8. A text that a spreadsheet would run has",
        "an apostrophe in front. Times are instants in UTC. A place in a text counts code points from 0.",
        "",
        "`survey.json` stands beside the tables. It says what was asked, of what, by which version.",
        "",
        *(f"- [{name}](#{name}): {MEANT[name].about}" for name in SCHEMAS),
    ]
    for name, schema in SCHEMAS.items():
        files = f"`{name}.parquet`" + (f", `{name}.csv`" if name in AS_CSV else "")
        lines += [
            "",
            f"## {name}",
            "",
            f"{MEANT[name].about[0].upper()}{MEANT[name].about[1:]}. Files: {files}.",
            "",
        ]
        lines += [f"One row: {MEANT[name].row}.", ""]
        lines += [
            "| column | what it means | type | unit | range | empty where |",
            "|---|---|---|---|---|---|",
        ]
        for field in schema:
            column = meaning(name, field.name)
            cells = (
                f"`{field.name}`",
                column.meaning,
                KINDS[field.type],
                column.unit,
                column.range,
                column.empty,
            )
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


KEPT = """# What an archive keeps, and what makes it again

Nothing is read twice and no figure is worked out twice, as long as it would come out the same. So each store is found
by a key. The key holds all that the answers hang on. Data (articles, a study's aliases, the weights of a model) are in
it by their hash. Code is in it by a version: a number that we raise by hand. Made by `make docs` from the code
(`src/masthead/surveying/stores.py`).

When a version rises, the store is made again, and so is each store whose key holds that version. What older versions
left stays where it was, and nobody reads it. `masthead archive tidy ARCHIVE` lists it, and removes it with `--remove`.

Verdicts on claims, evidence and pages are kept nowhere. They are made anew each time.

What people coded is no store: nothing could make it again. It lies in `coding/`, apart from all of these, as JSON Lines
that only grow, and `tidy` leaves it alone ([what people code](../methods/coding.md) has its files).
"""

GUARD = """## When code changes

`tests/versions` keeps a record of the code behind each version: `recorded.toml` has a hash of each file that the
answers hang on, lists and weights included. Comments, docstrings and imports do not count, and a file may move. When
the code is not that of the record, a test fails and names the file. Ask yourself: may the same articles and the same
study now give another answer?

- **They may.** Raise the version, then run `python -m tests.versions`, which writes the new record.
- **They cannot.** Run `python -m tests.versions --same-answers STORE`, and say in the commit why.

What is not in any key: the versions of the libraries that Masthead uses. The lock files hold them, and
`masthead validate golden` shows whether another one gives other tables. How a study file is read is not guarded either;
what it gives is in the keys, as data.
"""


def stores() -> str:
    """Every store of an archive, what its key holds and who reads it, as one page."""
    lines = [
        KEPT,
        "| store | where in the archive | its key | and the versions of | who reads it | its own version |",
    ]
    lines.append("|---|---|---|---|---|---|")
    for one in STORES:
        within = "all readers" if one.name == "figures" else ", ".join(one.within)
        version = f"`{one.version.removeprefix('masthead.')}`"
        cells = (
            one.name,
            " ".join(f"`{folder}`" for folder in one.folders),
            one.key,
            within,
            one.read_by,
            version,
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", GUARD])


def page_of(name: str) -> Path:
    """The page that holds the declaration of a measure: its question's, or its methods' where another brings it."""
    return DOCS / ("methods" if MEASURES[name].comes_with else "questions") / f"{name}.md"


def pages() -> dict[Path, str]:
    """Every generated page with the text it should have."""
    made = {
        DOCS / "reference" / "commands.md": commands(),
        DOCS / "study.md": study_keys(),
        DOCS / "tables.md": tables(),
        DOCS / "design" / "what-is-kept.md": stores(),
    }
    for name in MEASURES:
        made[page_of(name)] = declared(page_of(name).read_text(encoding="utf-8"), name)
    return made


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
