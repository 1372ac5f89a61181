"""Masthead: an instrument that surveys what outlets publish.

    import masthead

    archive = masthead.Archive.open("syria.archive")
    study = masthead.load_study("study.toml")
    findings = masthead.survey(study, archive)
    findings.estimates            # a pyarrow table: .to_pandas(), polars.from_arrow(…), or as it is

The names here are the public interface; they are imported when first asked for, so that `import masthead`
costs nothing. It does one thing: it switches off the telemetry of onnxruntime, which no module of Masthead can
import before this one (docs/privacy.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.lazy import lazily
from masthead.telemetry import switch_off

if TYPE_CHECKING:
    from masthead.archive import Archive
    from masthead.errors import MastheadError
    from masthead.findings.findings import Findings
    from masthead.study import Study, load_study
    from masthead.surveying import evidence as evidence
    from masthead.surveying import survey as survey

switch_off()

__version__ = "0.1.0"

_HOMES = {
    "Archive": "masthead.archive",
    "Findings": "masthead.findings.findings",
    "MastheadError": "masthead.errors",
    "Study": "masthead.study",
    "evidence": "masthead.surveying",
    "load_study": "masthead.study",
    "survey": "masthead.surveying",
}

__all__ = [
    "Archive",
    "Findings",
    "MastheadError",
    "Study",
    "__version__",
    "evidence",
    "load_study",
    "survey",
]

__getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(__all__)
