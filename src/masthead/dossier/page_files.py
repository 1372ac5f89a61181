"""The pages of a dossier's folder: written only where their content changed, removed where none needs them."""

from __future__ import annotations

import base64
import datetime as dt
import functools
import hashlib
import re
import shlex
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from masthead.archive.store import write_text_atomically
from masthead.dossier.editions import FOLDERS, Edition
from masthead.dossier.folder import is_drawing, is_page
from masthead.dossier.writing import numbers
from masthead.dossier.writing.notation import MEANS, notation_of
from masthead.dossier.writing.notes import note_markup, sentence
from masthead.dossier.writing.safe_text import clean
from masthead.dossier.writing.slots import fill
from masthead.measuring import MEASURES
from masthead.measuring.measure import OTHER

TEMPLATES = Path(__file__).parent / "templates"
"""The templates of the dossier's own pages."""

_ALL = ("base", "figures", "question_pages", "changes_and_claims", "alignment_and_words")
_STYLES = {"index": _ALL, "several": _ALL, "series": ("base", "figures"), "evidence": ("base",)}
"""The style sheets of each kind of page: of hundreds of evidence pages, none has to carry what it does not use."""

_INPUTS = re.compile(r'<meta name="masthead-inputs" content="([0-9a-f]{64})">')

_END = "</html>"
_DIGEST = re.compile(r"<!-- ([0-9a-f]{64}) -->\n(?=</html>\s*\Z)")


class Pages:
    """Writes the pages of an edition from templates. `common` is what every page says: the frame, the archive.

    `templates` are the folders of the templates that are brought; those of the dossier come first.
    """

    def __init__(self, edition: Edition, common: dict[str, Any], templates: Iterable[Path] = ()) -> None:
        self._edition = edition
        self._folder = edition.folder
        self._shared = {**common, "wire": edition.wire, "two_editions": edition.n_wire > 0}
        self._environment, self._stamp = _environment(tuple(dict.fromkeys((TEMPLATES, *templates))))
        self.paths: set[str] = set()

    def inputs(self, *parts: object) -> str:
        """Return a digest of all that a page is made from: these, what every page says, the templates."""
        everything = repr((self._stamp, self._shared, parts))
        return hashlib.sha256(everything.encode("utf-8", "replace")).hexdigest()

    def needs(self, path: str, inputs: str) -> bool:
        """Take note that this page belongs to the dossier; return whether it has to be written.

        It has not where it is made from the same, and is as it was written.
        """
        self.paths.add(path)
        try:
            page = (self._folder / path).read_bytes().decode("utf-8", "replace")
        except OSError:
            return True
        match = _INPUTS.search(page[:2000])
        return match is None or match.group(1) != inputs or not _is_as_written(page)

    def write(
        self, path: str, template: str, inputs: str = "", alone: bool = False, **context: object
    ) -> None:
        """Write one page, whole or not at all; one that stands `alone` has no twin in the other edition."""
        twin = self._edition.n_wire and not alone
        counterpart = self._edition.counterpart(path) if twin else ""
        page = self._environment.get_template(template).render(
            self._shared, inputs=inputs, counterpart=counterpart, **context
        )
        write_text_atomically(_with_digest(page) if inputs else page, self._folder / path)


def _with_digest(page: str) -> str:
    """Put a digest of a page at its end, by which a bit that flips later is noticed."""
    body, end, rest = page.rpartition(_END)
    digest = hashlib.sha256(page.encode("utf-8", "replace")).hexdigest()
    return f"{body}<!-- {digest} -->\n{end}{rest}"


def _is_as_written(page: str) -> bool:
    match = _DIGEST.search(page)
    if match is None:
        return False
    whole = page[: match.start()] + page[match.end() :]
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest() == match.group(1)


def remove_stale(folder: Path, paths: Collection[str], names: Iterable[str]) -> None:
    """Remove pages and drawings of earlier runs that nothing refers to, and files left unfinished.

    `paths` are, from the folder, those of all that belongs to the dossier, `names` the pages that may stand beside
    an index. Whatever else somebody has put into the folder stays.
    """
    kinds = (
        *((".", name, is_page) for name in ("index.html", *names)),
        ("evidence", "*.html", is_page),
        ("series", "*.html", is_page),
        ("charts", "*.svg", is_drawing),
    )
    for edition in (folder, *(folder / name for name in FOLDERS.values())):
        for name, pattern, ours in kinds:
            for path in (edition / name).glob(pattern):
                if path.relative_to(folder).as_posix() not in paths and ours(path):
                    path.unlink(missing_ok=True)
            for path in (edition / name).glob(f".{pattern}.*.tmp"):
                path.unlink(missing_ok=True)


@functools.cache
def _environment(folders: tuple[Path, ...]) -> tuple[jinja2.Environment, str]:
    """Return the templates, everything escaped, and a stamp that changes whenever one of them does."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    templates = [
        path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.j2"))
    ]
    sheets = {name: (TEMPLATES / "styles" / f"{name}.css").read_text(encoding="utf-8") for name in _ALL}
    styles = {kind: "".join(sheets[name] for name in names) for kind, names in _STYLES.items()}
    environment.globals.update(
        styles={kind: Markup(style) for kind, style in styles.items()},  # noqa: S704  our own files
        style_hashes={
            kind: base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
            for kind, style in styles.items()
        },
        category_title=category_title,
        notation_of=notation_of,
        counted=numbers.with_noun,
        selective=selective,
    )
    environment.filters.update(
        percent=numbers.percent,
        mean=MEANS.value,
        count=numbers.count,
        signed=numbers.with_sign,
        probability=numbers.probability,
        day=numbers.day,
        clock=numbers.clock,
        moment=_moment,
        sentence=sentence,
        noted=note_markup,
        fill=fill,
        quoted=shlex.quote,
    )
    return environment, hashlib.sha256("".join((*templates, *sheets.values())).encode()).hexdigest()


def _finalize(value: object) -> object:
    """Pass every text that a template prints through `clean`; markup made by templates stays as it is."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def category_title(category: str | None, study_categories: Collection[str] = ()) -> str:
    """Return the name of a category to show: `other` in words, the study's ids with hyphens opened."""
    if category is None:
        return ""
    if category == OTHER:
        return "none of these" if study_categories else "other labels"
    return category.replace("-", " ") if category in study_categories else category


def selective() -> str:
    """Return the measures whose figures describe who selected the articles, too: `attention and silence`."""
    names = [m.words.title or m.name for m in MEASURES.values() if m.needs_whole_frame]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _moment(value: str | dt.datetime | None) -> str:
    """Return a moment as a day and a time in UTC."""
    if not value:
        return "not stated"
    try:
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return str(value)
    return f"{numbers.day(moment)}, {moment:%H:%M} UTC"
