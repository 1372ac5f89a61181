"""The pages of a dossier that questions and instruments bring, and the dossier with all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from masthead.dossier import build
from masthead.dossier.page import Editions, Page
from masthead.errors import MastheadError
from masthead.measuring import instruments
from masthead.plugins import package_faults
from masthead.questions.alignment.page.alignment import PAGE as ALIGNMENT
from masthead.questions.changes.page.changes import PAGE as CHANGES
from masthead.questions.claims.page.claims import PAGE as CLAIMS

if TYPE_CHECKING:
    from masthead.findings.findings import Findings


def write_dossier(findings: Findings, folder: Path, more: Iterable[Page] = ()) -> Path:
    """Write the pages of a dossier beside the tables in `folder`, `more` among them; return the path of `index.html`.

    Raises ArchiveError where another survey has written its tables there meanwhile.
    """
    return build(findings, folder, (*pages(), *more))


def pages() -> tuple[Page, ...]:
    """Return the pages that questions and instruments bring.

    Raises MastheadError where an installed package fails to tell its pages, or takes a name that is taken.
    """
    every = [CLAIMS, CHANGES, ALIGNMENT]
    for name, instrument in instruments().items():
        with package_faults(name, "when it tells its pages"):
            own = instrument.pages()
        for page in own:
            if page.name in [other.name for other in every]:
                raise MastheadError(
                    f"the instrument '{name}' brings a page '{page.name}', which another does",
                    "a name of its own for each page",
                    "remove that package, or rename its page",
                )
            every.append(replace(page, show=_with_package_named(name, page.show)))
    return tuple(every)


def _with_package_named(name: str, show: Callable[[Editions], Any]) -> Callable[[Editions], Any]:
    """Let what fails on a page say which package brings it."""

    def show_or_name_package(editions: Editions) -> Any:
        with package_faults(name, "when its page is made"):
            return show(editions)

    return show_or_name_package
