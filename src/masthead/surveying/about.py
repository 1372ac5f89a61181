"""What findings say of themselves: of what study and archive they are, of which outlets, by which measures."""

from __future__ import annotations

import datetime as dt
from typing import Any

import masthead
from masthead.archive import Archive
from masthead.measures import MEASURES
from masthead.study import Study
from masthead.surveying import compared


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
    only = ("left_out", "warnings", "reading", "portrayal", "silence", "kinship", "forecasts")
    newer = ("standing", "repeats")
    return {**{k: found[k] for k in only}, **{k: found.get(k) for k in newer}, **told}
