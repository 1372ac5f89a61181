"""The codebook: what coders are asked, which answers there are and what each means. A TOML file that the user edits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from masthead.archive.store import write_text_atomically
from masthead.errors import StudyError, nearest
from masthead.measuring.coding import CANNOT_TELL, Coding
from masthead.study import Study
from masthead.study.written_files import parse_toml, read_written

FOLDER = "codebooks"
"""The folder beside a study in which its codebooks stand."""

_KEYS = ("question", "values", "values_of", "rules", "examples")
_MINUSES = str.maketrans({"−": "-", "–": "-", "‐": "-", "﹣": "-", "－": "-", "？": "?"})


@dataclass(frozen=True)
class Codebook:
    """A question, its answers and rules. `values_of` holds by subject the answers that only it has."""

    measure: str
    question: str
    values: Mapping[str, str]
    values_of: Mapping[str, Mapping[str, str]]
    rules: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]

    @property
    def round(self) -> str:
        """The round that codes by this codebook are of: a hash over what it says, whatever its comments."""
        content = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    def possible_codes(self, subject: str | None) -> list[str]:
        """Return the codes that a unit of this subject may have."""
        return [*self.values_of.get(subject or "", {}), *self.values, CANNOT_TELL]

    def code_of(self, entry: str, subject: str | None, several: bool) -> str | None:
        """Return the code that a coder wrote, in the codebook's spelling; None where it is none.

        White space around it, capitals, `+1` or `1.0` for `1` and the minus signs of word processors say the same.
        """
        spellings = {_plain(code): code for code in self.possible_codes(subject)}
        if several and "+" in entry.strip()[1:]:
            codes = [spellings.get(_plain(part)) for part in entry.split("+")]
            alone = [
                code for code in codes if code is None or code not in self.values_of.get(subject or "", {})
            ]
            return None if alone else "+".join(sorted({code for code in codes if code}))
        return spellings.get(_plain(entry))


def _plain(code: str) -> str:
    text = " ".join(code.translate(_MINUSES).casefold().split()).strip("'\"")
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return text
    return f"{number:g}"


def default_codebook(measure: str, coding: Coding, study: Study) -> Codebook:
    """Return the codebook of a study of which nobody has edited one."""
    values_of = {subject.id: dict(coding.values_of(subject)) for subject in study.subjects}
    return Codebook(
        measure,
        coding.question,
        dict(coding.values),
        {subject: values for subject, values in values_of.items() if values},
        coding.rules,
        coding.examples,
    )


def codebook_path(study_file: Path, measure: str) -> Path:
    """Return where the codebook of a measure stands: beside the study."""
    return study_file.parent / FOLDER / f"{measure}.toml"


def codebook_of(path: Path, measure: str, coding: Coding, study: Study) -> Codebook:
    """Return the codebook of a measure; where there is no file, the one that nobody has edited."""
    try:
        book = read_codebook(path, measure)
    except FileNotFoundError:
        return default_codebook(measure, coding, study)
    subjects = {subject.id: subject for subject in study.subjects}
    codes: list[tuple[str, str | None]] = [(code, None) for code in book.values]
    codes += [(code, of) for of, values in book.values_of.items() for code in values]
    for code, of in codes:
        if not coding.knows(code, subjects.get(of or "")):
            raise StudyError(
                f"'{path}' has a code '{code}'{f' of {of}' if of else ''}, which '{measure}' cannot add up",
                "codes that the measure knows: "
                + ", ".join(default_codebook(measure, coding, study).possible_codes(of)),
                "say what a code means in other words, and leave the code itself",
            )
    return book


def read_codebook(path: Path, measure: str) -> Codebook:
    """Read a codebook. Raises StudyError for the first thing that is wrong, FileNotFoundError where there is none."""
    fields = parse_toml(read_written(path, "a TOML file", StudyError), path, StudyError)
    unknown = next((key for key in fields if key not in _KEYS), None)
    if unknown is not None:
        raise StudyError(f"'{path}' has a key '{unknown}'", "the keys of a codebook", nearest(unknown, _KEYS))
    question = fields.get("question")
    if not isinstance(question, str) or not question.strip():
        raise StudyError(
            f"'{path}' asks no question", "a `question` that coders answer", "write one in quotation marks"
        )
    values = _texts(path, "values", fields.get("values", {}))
    values_of = {
        str(subject): _texts(path, f"values_of.{subject}", part)
        for subject, part in _table(path, "values_of", fields.get("values_of", {})).items()
    }
    for subject in values_of or ("",):
        _check_codes(path, [*values_of.get(subject, {}), *values])
    return Codebook(
        measure,
        " ".join(question.split()),
        values,
        values_of,
        _rules(path, fields.get("rules", [])),
        _examples(path, fields.get("examples", [])),
    )


def _table(path: Path, key: str, part: object) -> Mapping[str, object]:
    if not isinstance(part, dict):
        raise StudyError(
            f"`{key}` in '{path}' is no table", f"[{key}] and lines below it", "write it as a table"
        )
    return part


def _texts(path: Path, key: str, part: object) -> dict[str, str]:
    texts = _table(path, key, part)
    for code, meaning in texts.items():
        if not isinstance(meaning, str) or not meaning.strip():
            raise StudyError(
                f"code '{code}' in '{path}' has no meaning",
                "a text for each code",
                f'write "{code}" = "what it means"',
            )
    return {code: " ".join(str(meaning).split()) for code, meaning in texts.items()}


def _check_codes(path: Path, codes: list[str]) -> None:
    plain = [_plain(code) for code in codes]
    duplicate = next((code for code in plain if plain.count(code) > 1), None)
    if duplicate is not None:
        raise StudyError(
            f"'{path}' has the code '{duplicate}' twice", "codes that differ", "take one of the two out"
        )
    if CANNOT_TELL in plain or "" in plain:
        raise StudyError(
            f"'{path}' gives a meaning to '{CANNOT_TELL if CANNOT_TELL in plain else ''}'",
            f"codes of its own: '{CANNOT_TELL}' (cannot tell) is always one, and a blank is no code",
            "take it out",
        )
    if len(plain) < 2:
        raise StudyError(
            f"'{path}' has {len(plain)} codes", "two at least", "say under [values] what may be coded"
        )


def _rules(path: Path, part: object) -> tuple[str, ...]:
    if not isinstance(part, list) or not all(isinstance(rule, str) for rule in part):
        raise StudyError(
            f"`rules` in '{path}' is no list of texts", "a list of texts", 'write rules = ["…", "…"]'
        )
    return tuple(" ".join(rule.split()) for rule in part)


def _examples(path: Path, part: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(part, list) or not all(_is_example(one) for one in part):
        raise StudyError(
            f"`examples` in '{path}' is no list of sentences and codes",
            "a table of each example, with its sentence and its code",
            'write [[examples]], and below it text = "…" and code = "…"',
        )
    return tuple((" ".join(one["text"].split()), one["code"]) for one in part)


def _is_example(one: object) -> bool:
    return (
        isinstance(one, dict)
        and set(one) == {"text", "code"}
        and all(isinstance(v, str) for v in one.values())
    )


def write_codebook(book: Codebook, path: Path) -> None:
    """Write a codebook as a file that a person can edit."""
    write_text_atomically(as_toml(book), path)


def as_toml(book: Codebook) -> str:
    """Return a codebook as the text of a TOML file."""
    import tomlkit

    document = tomlkit.document()
    for line in (
        f"What coders are asked to measure {book.measure}. Edit it before you draw.",
        "Once codes are in, any change of what it says starts a new round, and rounds are never mixed.",
        f"The code {CANNOT_TELL} (cannot tell) is always there; such a unit does not count.",
    ):
        document.add(tomlkit.comment(line))
    document.add("question", tomlkit.item(book.question))
    document.add("rules", tomlkit.item(list(book.rules)).multiline(True))
    document.add("values", tomlkit.item(dict(book.values)))
    if book.values_of:
        document.add("values_of", tomlkit.item({key: dict(part) for key, part in book.values_of.items()}))
    if book.examples:
        examples = tomlkit.aot()
        for text, code in book.examples:
            examples.append(tomlkit.item({"text": text, "code": code}))
        document.add("examples", examples)
    return tomlkit.dumps(document)
