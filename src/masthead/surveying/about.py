"""What findings say of themselves: of what study and archive they are, of which outlets, by which measures."""

from __future__ import annotations

import datetime as dt
from typing import Any

import masthead
from masthead.archive import Archive
from masthead.measuring import MEASURES, instruments
from masthead.measuring import compared_outlets as compared
from masthead.study import Study


def about(study: Study, archive: Archive, figures_hash: str, found: dict[str, Any]) -> dict[str, Any]:
    """What the findings say of themselves; `found` holds what only a run knows, or an earlier `about`."""
    titles = {o.id: (o.title, o.group) for o in study.outlets}
    outlets = [
        {**o, **(dict(zip(("title", "group"), titles[o["id"]], strict=True)) if o["id"] in titles else {})}
        for o in found["outlets"]
    ]
    period = study.period
    told = {
        "title": study.title,
        "version": masthead.__version__,
        "made": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "figures_hash": figures_hash,
        "study_hash": study.hash,
        "archive_hash": archive.hash,
        "archive": archive.path.name,
        "frame": archive.frame,
        "frame_note": archive.frame_note,
        "level": study.level,
        "wire": study.wire,
        "period": {
            "from": period.start and period.start.isoformat(),
            "to": period.end and period.end.isoformat(),
            "by": period.by,
        },
        "outlets": outlets,
        "compared": compared.told(found["outlets"], study),
        "subjects": [
            {
                "id": s.id,
                "title": s.title,
                "kind": s.kind,
                "aliases": [a.text for a in s.aliases],
                "categories": {name: list(patterns) for name, patterns in s.categories.items()},
            }
            for s in study.subjects
        ],
        "events": [{"id": e.id, "from": e.start.isoformat(), "to": e.end.isoformat()} for e in study.events],
        "measures": [
            measure.declaration()
            for name, measure in MEASURES.items()
            if (measure.comes_with or name) in study.measures
        ],
        "claims": [{"id": c.id, "text": c.text, "hash": study.claim_hash(c)} for c in study.claims],
        "sentences": [{"text": s.text, "claims": list(s.claims)} for s in study.sentences],
    }
    parts = (part for one in instruments().values() for part in one.parts)
    return {
        **{name: found[name] for name in ("left_out", "warnings", "reading")},
        **{name: found.get(name) for name in (*parts, "standing", "repeats")},
        **told,
    }
