"""The instrument of silence: the stories that an outlet did not run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from masthead.instruments.silence.about import SILENCE
from masthead.instruments.silence.measure import Silence
from masthead.measuring.instrument import Instrument, Job, Kept, Results

if TYPE_CHECKING:
    from masthead.dossier.page import Page
    from masthead.findings.findings import Findings
    from masthead.instruments.silence.silences import StudySilences
    from masthead.measuring.own_figures import OwnFigures
    from masthead.measuring.tables import StudyTables
    from masthead.study import Study
    from masthead.study.claim import Claim


class SilenceInstrument(Instrument[Kept, "StudySilences"]):
    """Which stories an outlet passes over."""

    name = "silence"
    measures = (Silence(),)
    reads_stories = True
    own_intervals = True
    elsewhere = "silences"
    parts = (SILENCE,)
    loading_stage = "silences"

    def load(self, survey: StudyTables, job: Job) -> StudySilences:
        """Find what the outlets pass over; in other ways too where a claim asks for it."""
        from masthead.instruments.silence import other_ways
        from masthead.instruments.silence.silences import silences

        return silences(survey, level=job.study.level, ways=other_ways.asks(job.study))

    def leave(self, survey: StudyTables, job: Job, known: StudySilences | None, units: Path) -> None:
        """Leave what silences can be counted from again, and where a claim asks for it every way in which they were."""
        from masthead.instruments.silence import kept_ways, other_ways

        if known is None:
            return
        other_ways.leave(known.ran, units)
        if other_ways.asks(job.study):
            kept_ways.keep(other_ways.in_every_way(known.figures.ways, known.ran, job.study.level), units)

    def left(self, units: Path) -> tuple[Path, ...]:
        """Return the files that silences can be counted from again."""
        from masthead.instruments.silence import other_ways

        return tuple(other_ways.left(units))

    def answer(self, study: Study, units: Path) -> None:
        """Count silences in every way where a claim asks for it; one that does not loads nothing that models them."""
        if any(claim.measure == self.name for claim in study.claims):
            from masthead.instruments.silence import other_ways

            other_ways.count(study, units)

    def claimed(
        self, claim: Claim, wire: str, outlets: Sequence[str], findings: Findings, units: Path
    ) -> OwnFigures:
        """Return the survey's silences, and those in every other way to count stories."""
        from masthead.instruments.silence.claimed import silence_figures

        return silence_figures(claim, wire, outlets, findings, units)

    def articles_against(
        self, claim: Claim, wire: str, outlets: Sequence[str], units: Path, most: int | None
    ) -> list[str]:
        """Return an outlet's own articles on a story, or the first of each story that it did not run."""
        from masthead.instruments.silence.claimed import articles_of_stories

        return articles_of_stories(claim, wire, outlets, units, most)

    def results(self, survey: StudyTables, job: Job, known: StudySilences | None, units: Path) -> Results:
        """Give the figures, whose intervals are of its own making, the stories passed over, and the largest stories."""
        from masthead.instruments.silence import silence_tables as tables

        if known is None:
            return Results()
        results = Results(
            tables={
                "silences": tables.silence_list(known),
                "stories": tables.story_list(survey, job.archive),
            },
            estimates=tables.silence_estimates(known, survey, job.study, job.archive.hash),
        )
        SILENCE.put(results.about, tables.silence_told(known))
        return results

    def pages(self) -> tuple[Page, ...]:
        """Return the pages of stories and of silences."""
        from masthead.instruments.silence.page.silences import PAGE as SILENCES
        from masthead.instruments.silence.page.stories import PAGE as STORIES

        return (STORIES, SILENCES)


INSTRUMENT = SilenceInstrument()
