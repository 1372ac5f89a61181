"""What findings say of themselves: of what study and archive they are, of which outlets, by which measures."""

from __future__ import annotations

import datetime as dt

import masthead
from masthead.archive import Archive
from masthead.findings.about import About, SurveyedOutlet
from masthead.measuring import MEASURES, instruments
from masthead.measuring.outlets import comparison_rule
from masthead.study import Study


def about(study: Study, archive: Archive, units_hash: str, run: About) -> About:
    """Return what the findings say of themselves; `run` holds what only a run knows, or is an earlier `about`."""
    findings = About(left_out=run["left_out"], warnings=run["warnings"], reading=run["reading"])
    for instrument in instruments().values():
        for part in instrument.parts:
            part.put(findings, part.get(run))
    period = study.period
    findings |= {
        "standing": run.get("standing"),
        "repeats": run.get("repeats"),
        "title": study.title,
        "version": masthead.__version__,
        "made": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "figures_hash": units_hash,
        "units_hash": units_hash,
        "study_hash": study.hash,
        "archive_hash": archive.hash,
        "archive": archive.path.name,
        "frame": archive.frame,
        "frame_note": archive.frame_note,
        "level": study.level,
        "wire": study.wire,
        "period": {
            "from": _iso(period.start),
            "to": _iso(period.end),
            "by": period.by,
        },
        "outlets": [_as_the_study_calls_it(outlet, study) for outlet in run["outlets"]],
        "compared": comparison_rule(run["outlets"], study),
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
    return findings


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _as_the_study_calls_it(outlet: SurveyedOutlet, study: Study) -> SurveyedOutlet:
    """The outlet with the title and the group that the study gives it now, where it lists it."""
    entry = {one.id: one for one in study.outlets}.get(outlet["id"])
    return outlet if entry is None else {**outlet, "title": entry.title, "group": entry.group}
