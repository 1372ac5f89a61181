"""What standing text is in a study's articles, and which figures of attention it would move, did it count."""

from __future__ import annotations

from collections import Counter, defaultdict

from masthead.archive import Archive
from masthead.findings.about import MovedFigure, StandingOutlet, StandingText
from masthead.links.standing import StandingReading, read_standing
from masthead.links.standing.named import named_in
from masthead.measuring.tables import StudyTables
from masthead.study import Study


def standing_text(tables: StudyTables, archive: Archive, study: Study) -> StandingText | None:
    """Say what of a study's articles stands around them, and what it names; None where it counts."""
    if study.standing == "count":
        return None
    reading = read_standing(archive.published, names=study.outlet_names)
    con = tables.connection
    con.register("standing_marks", reading.table())
    spans: dict[str, dict[str, int]] = defaultdict(dict)
    for outlet, kind, n in tables.rows(
        "SELECT a.outlet, m.kind, count(*) FROM standing_marks m JOIN articles a USING (article_id) GROUP BY ALL"
    ):
        spans[outlet][kind] = n
    articles_with_marks = dict(
        tables.rows(
            "SELECT outlet, count(*) FROM articles SEMI JOIN standing_marks USING (article_id) GROUP BY 1"
        )
    )
    con.unregister("standing_marks")
    outlets: list[StandingOutlet] = [
        {
            "id": outlet["id"],
            "articles": outlet["n_articles"],
            "with_marks": articles_with_marks.get(outlet["id"], 0),
            "no_article": spans[outlet["id"]].get("no article", 0),
            "spans": dict(sorted(spans[outlet["id"]].items())),
        }
        for outlet in tables.outlets
    ]
    return {
        "version": reading.version,
        "hash": reading.hash,
        "outlets": outlets,
        "moved": _figures_to_move(tables, archive, study, reading),
    }


def _figures_to_move(
    tables: StudyTables, archive: Archive, study: Study, reading: StandingReading
) -> list[MovedFigure]:
    """List the figures of attention that standing text would move."""
    outlet_of = dict(tables.rows("SELECT article_id, outlet FROM articles"))
    mentions = set(tables.rows("SELECT DISTINCT article_id, subject FROM mentions"))
    mention_counts = Counter((outlet_of[article], subject) for article, subject in mentions)
    only: dict[tuple[str, str], set[str]] = defaultdict(set)
    kinds: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for article, subject, kind in named_in(archive, reading, study):
        outlet = outlet_of.get(article)
        if outlet is not None and (article, subject) not in mentions:
            only[outlet, subject].add(article)
            kinds[outlet, subject][kind] += 1
    sizes = {outlet["id"]: outlet["n_articles"] for outlet in tables.outlets}
    rows: list[MovedFigure] = [
        {
            "outlet": outlet,
            "subject": subject,
            "n": sizes[outlet],
            "named": mention_counts[outlet, subject],
            "only": len(articles),
            "kinds": dict(kinds[outlet, subject].most_common()),
        }
        for (outlet, subject), articles in only.items()
    ]
    return sorted(rows, key=lambda r: (-r["only"] / r["n"], r["outlet"], r["subject"]))
