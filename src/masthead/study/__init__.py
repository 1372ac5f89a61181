"""The study: what to ask of an archive, written in one TOML file; its outlets, subjects, claims and factors.

What reads a study is imported when first asked for: the names that people write are told without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.lazy import lazily

if TYPE_CHECKING:
    from masthead.study.names import identifier
    from masthead.study.parts import OTHER, Repeats, Wire
    from masthead.study.study import Event, Outlet, Period, Study, Where, load_study, parse_study
    from masthead.study.subject import Alias, Subject

_HOMES = {
    "Alias": "masthead.study.subject",
    "Event": "masthead.study.study",
    "OTHER": "masthead.study.parts",
    "Outlet": "masthead.study.study",
    "Period": "masthead.study.study",
    "Repeats": "masthead.study.parts",
    "Study": "masthead.study.study",
    "Subject": "masthead.study.subject",
    "Where": "masthead.study.study",
    "Wire": "masthead.study.parts",
    "identifier": "masthead.study.names",
    "load_study": "masthead.study.study",
    "parse_study": "masthead.study.study",
}

__all__ = [
    "OTHER",
    "Alias",
    "Event",
    "Outlet",
    "Period",
    "Repeats",
    "Study",
    "Subject",
    "Where",
    "Wire",
    "identifier",
    "load_study",
    "parse_study",
]

__getattr__ = lazily(__name__, _HOMES)
