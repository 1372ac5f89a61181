"""Writes the study that surveys a press: its outlets, subjects, aliases, categories and events."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from masthead.press.strait.outlets import OUTLETS
from masthead.press.strait.subjects import DAYS, ROLES, START, TURN, Cast, Role, Word


def study_text(
    casts: tuple[Cast, ...], *, archive: str, factors: Mapping[str, Sequence[int]] | None = None
) -> str:
    """The text of a study.toml. Generic aliases and categories belong to the role, names to who plays it.

    `factors` gives a value per role to each factor.
    """
    end = START + dt.timedelta(days=DAYS - 1)
    turn = START + dt.timedelta(days=TURN)
    blocks = [
        f'title = "How nine outlets told the quarrel over the strait"\narchive = {_quote(archive)}',
        f'[period]\nfrom = {START}\nto = {end}\nby = "quarter"',
    ]
    blocks += [
        f"[[outlet]]\nid = {_quote(o.id)}\nname = {_quote(o.name)}\ngroup = {_quote(o.group)}"
        for o in OUTLETS
    ]
    blocks += [_subject(role, cast) for role, cast in zip(ROLES, casts, strict=True)]
    blocks.append(f'[[event]]\nid = "port-calder-turns"\nfrom = {turn}\nto = {turn + dt.timedelta(days=30)}')
    blocks += [_factor(name, values, casts) for name, values in (factors or {}).items()]
    return "\n\n".join(blocks) + "\n"


def _factor(name: str, values: Sequence[int], casts: tuple[Cast, ...]) -> str:
    pairs = ", ".join(f"{cast.id} = {value}" for cast, value in zip(casts, values, strict=True))
    return f"[[factor]]\nid = {_quote(name)}\nvalues = {{ {pairs} }}"


def _subject(role: Role, cast: Cast) -> str:
    lines = [
        "[[subject]]",
        f"id = {_quote(cast.id)}",
        f"name = {_quote(cast.title)}",
        f"kind = {_quote(role.kind)}",
    ]
    if role.type == "person":
        lines.append("person = true")
    lines.append(f"aliases = {_list(aliases_of(role, cast))}")
    if cast.id == "verrin":
        lines.append('exclude = ["New Verrin"]')
    lines.append("[subject.categories]")
    lines += [f"{f.id} = {_list([p for w in f.words for p in _patterns(w)])}" for f in role.families]
    return "\n".join(lines)


def _patterns(word: Word) -> list[str]:
    """The lemma, and what else a reader may make of the word: an irregular plural, the verb of a participle."""
    irregular = word.plural if word.plural and not word.plural.startswith(word.lemma) else ""
    return [p for p in (word.lemma, irregular, word.verb) if p]


def aliases_of(role: Role, cast: Cast) -> list[str]:
    """Every name of the cast, and the generic words that may stand for its role."""
    if role.type == "event":
        return [f"{w.noun} of {cast.names[0]}" for f in role.families for w in f.words]
    names = list(cast.names)
    if role.type != "person":
        names += cast.short
    if cast.adjective:
        names.append(cast.adjective)
    return names + [w.plural for f in role.families for w in f.words if w.generic]


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list(texts: list[str]) -> str:
    return "[" + ", ".join(map(_quote, texts)) + "]"
