"""The instrument of echo: the words of an article that stood in an earlier one of another outlet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from masthead.instruments.echo.measure import Echo
from masthead.measuring.instrument import Instrument, Job, Kept, Results

if TYPE_CHECKING:
    from masthead.dossier.page import Page
    from masthead.measuring.tables import StudyTables


class EchoInstrument(Instrument[Kept, None]):
    """Whose words an outlet runs."""

    name = "echo"
    measures = (Echo(),)
    # echoed: article_id, words, echoed (those that stood in an earlier article of another outlet): dated articles only.
    frames = {"echoed": "SELECT article_id, words, echoed FROM reuse WHERE published IS NOT NULL"}
    elsewhere = "echoes"
    loading_stage = "copied words"

    def load(self, survey: StudyTables, job: Job) -> None:
        """Make the tables of reuse and of the links between articles."""
        from masthead.instruments.echo.echoes import put_reuse

        put_reuse(survey.connection, job.reuse)

    def results(self, survey: StudyTables, job: Job, known: None, units: Path) -> Results:
        """List who runs whose words."""
        from masthead.instruments.echo.echo_list import echo_list
        from masthead.instruments.echo.echoes import links_between

        links = links_between(survey.connection, job.archive)
        return Results(tables={"echoes": echo_list(survey, job.archive, links)})

    def pages(self) -> tuple[Page, ...]:
        """Return the page of echoes."""
        from masthead.instruments.echo.page.echoes import PAGE

        return (PAGE,)


INSTRUMENT = EchoInstrument()
