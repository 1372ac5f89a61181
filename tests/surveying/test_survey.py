"""A survey finds what was planted, says what it left out, and repeats itself."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from masthead.archive import Archive
from masthead.demo.shares import beside
from masthead.errors import StudyError
from masthead.findings.findings import Findings
from masthead.findings.schemas import ESTIMATES
from masthead.study import Study, parse_study
from masthead.study.parts import WIRES
from masthead.surveying import evidence, survey
from tests.surveying.conftest import Surveyed


def rows(table: pa.Table, **equal: object) -> list[dict[str, object]]:
    """The rows of a table in which these columns have these values (None: is null)."""
    for column, value in equal.items():
        kept = pc.is_null(table[column]) if value is None else pc.equal(table[column], value)
        table = table.filter(kept)
    return table.to_pylist()


def test_planted_shares_lie_inside_their_intervals(surveyed: Surveyed) -> None:
    compared = beside(surveyed.findings, surveyed.truth.naming_shares())
    inside = sum(row.inside for row in compared) / len(compared)
    error = sum(abs(row.estimate - row.truth) for row in compared) / len(compared)
    assert len(compared) > 50
    # The interval is for the outlet's habit; what was realised in these articles lies well within it.
    assert inside >= 0.9
    assert error <= 0.05


def test_attention_counts_the_articles_that_mention(surveyed: Surveyed) -> None:
    mentions = surveyed.truth.mentions
    articles = surveyed.truth.articles
    for outlet in ("hallam-courier", "free-shore"):
        (found,) = rows(
            surveyed.findings.of_wire("with").estimates,
            measure="attention",
            outlet=outlet,
            subject="verrin",
            period_start=None,
        )
        written = {m["key"] for m in rows(mentions, outlet=outlet, subject="verrin")}
        assert found["n_units"] == len(rows(articles, outlet=outlet))
        assert found["numerator"] == pytest.approx(len(written), abs=1)


def test_the_table_is_the_tidy_table(surveyed: Surveyed) -> None:
    estimates = surveyed.findings.estimates
    assert estimates.schema.equals(ESTIMATES)
    told = estimates.filter(pc.is_valid(estimates["estimate"]))
    assert pc.all(pc.less_equal(told["conf_low"], pc.add(told["estimate"], 1e-12))).as_py()
    assert pc.all(pc.greater_equal(told["conf_high"], pc.subtract(told["estimate"], 1e-12))).as_py()
    silent = estimates.filter(pc.is_null(estimates["estimate"]))
    assert pc.all(pc.is_valid(silent["note"])).as_py(), "no figure is missing without a reason"
    keys = [
        tuple(row[c] for c in ("measure", "outlet", "subject", "category", "voice", "wire", "period_start"))
        for row in estimates.to_pylist()
    ]
    assert len(keys) == len(set(keys))


def test_every_figure_stands_with_and_without_wire_copy(surveyed: Surveyed) -> None:
    whole, without = (surveyed.findings.of_wire(wire).estimates for wire in WIRES)
    cells = [
        {(r["measure"], r["outlet"], r["subject"], r["category"]) for r in rows(table, measure=name)}
        for table in (whole, without)
        for name in ("attention", "naming", "portrayal")
    ]
    assert cells[:3] == cells[3:]
    copies = Counter(c["outlet"] for c in surveyed.truth.copies.to_pylist() if c["credited"])
    assert copies
    for outlet, n in copies.items():
        (with_copy,), (left,) = (
            rows(t, measure="attention", outlet=outlet, subject="verrin", period_start=None)
            for t in (whole, without)
        )
        assert with_copy["n_articles"] - left["n_articles"] >= n
        assert left["n_units"] == left["n_articles"]
    sources = surveyed.findings.of_wire("without").sources
    assert 0 < sources.num_rows < surveyed.findings.sources.num_rows


def test_a_survey_knows_who_runs_whose_words(surveyed: Surveyed) -> None:
    found = {(e["outlet"], e["source"]) for e in surveyed.findings.echoes.to_pylist()}
    copies = Counter((c["outlet"], c["source"]) for c in surveyed.truth.copies.to_pylist())
    often = {pair for pair, n in copies.items() if n >= 5}
    assert often
    assert often <= found
    echo = rows(surveyed.findings.estimates, measure="echo", wire="with", period_start=None)
    shares = {e["outlet"]: e["estimate"] for e in echo if e["subject"] is None}
    assert set(shares) == {o["id"] for o in surveyed.findings.about["outlets"]}
    assert max(shares, key=shares.__getitem__) in {outlet for outlet, _ in often}


def test_periods_add_up_to_the_whole(surveyed: Surveyed) -> None:
    estimates = surveyed.findings.of_wire("with").estimates
    for measure, category in (("attention", None), ("naming", "terrorist")):
        cell = {"measure": measure, "outlet": "halyard", "subject": "shoal-front", "category": category}
        (whole,) = rows(estimates, **cell, voice="all", period_start=None)
        parts = [r for r in rows(estimates, **cell, voice="all") if r["period_start"] is not None]
        assert sum(r["numerator"] for r in parts) == whole["numerator"]
        assert sum(r["denominator"] for r in parts) == whole["denominator"]


def test_every_number_has_its_sentences(surveyed: Surveyed) -> None:
    """As many label uses are listed as the numerator counts, and each snippet shows the words."""
    archive, study = surveyed.archive, surveyed.study
    cell = {"outlet": "ambrel-daily", "subject": "shoal-front", "category": "terrorist"}
    listed = evidence(study, archive, measure="naming", **cell).to_pylist()
    (figure,) = rows(
        surveyed.findings.of_wire("with").estimates, measure="naming", **cell, voice="all", period_start=None
    )
    assert len(listed) == figure["numerator"]
    bodies = {
        a["article_id"]: a for part in archive.parts() for a in pa.parquet.read_table(part.path).to_pylist()
    }
    for row in listed:
        body = bodies[row["article_id"]][row["field"]]
        assert body[row["snippet_start"] :].startswith(row["snippet"])
        assert body[row["start"] : row["end"]] in row["snippet"]
        assert row["label"].split()[0][:4] in body[row["label_start"] : row["label_end"]].lower()


def test_a_dossier_keeps_a_sample_of_the_sources(surveyed: Surveyed) -> None:
    sources = surveyed.findings.sources
    counts = sources.group_by(["measure", "outlet", "subject", "category"]).aggregate([("start", "count")])
    assert 0 < pc.max(counts["start_count"]).as_py() <= 200


def test_comparisons_name_each_pair_once(surveyed: Surveyed) -> None:
    table = surveyed.findings.of_wire("with").comparisons
    pairs = [
        (r["measure"], r["subject"], r["category"], r["voice"], frozenset((r["outlet"], r["versus"])))
        for r in table.to_pylist()
    ]
    assert len(pairs) == len(set(pairs))
    known = table.filter(pc.is_valid(table["p"]))
    assert pc.all(pc.greater_equal(known["q"], pc.subtract(known["p"], 1e-12))).as_py()


def test_no_alias_carries_a_finding_alone(small: Surveyed) -> None:
    """Leaving out an alias gives what a study without it gives."""
    study = small.study
    without = study.model_copy(
        update={
            "measures": ("naming",),
            "subjects": tuple(
                s.model_copy(update={"aliases": tuple(a for a in s.aliases if a.text != "terrorists")})
                for s in study.subjects
            ),
        }
    )
    again = survey(without, small.archive, processes=1)
    for outlet in ("hallam-courier", "free-shore", "halyard"):
        cell = {"outlet": outlet, "subject": "shoal-front", "category": "rebel"}
        (left_out,) = rows(small.findings.of_wire("with").robustness, **cell, alias_left_out="terrorists")
        (direct,) = rows(
            again.of_wire("with").estimates, measure="naming", **cell, voice="all", period_start=None
        )
        assert left_out["estimate"] == pytest.approx(direct["estimate"], abs=1e-12)
        assert left_out["conf_high"] == pytest.approx(direct["conf_high"], abs=1e-12)


def test_two_runs_give_the_same_tables(small: Surveyed) -> None:
    again = survey(small.study, small.archive, processes=1)
    for name in ("estimates", "comparisons", "words", "robustness", "sources", "coverage", "gaps"):
        assert getattr(again, name).equals(getattr(small.findings, name)), name


def test_the_order_of_articles_changes_nothing(small: Surveyed, tmp_path: Path) -> None:
    lines = (small.folder / "press.jsonl").read_text(encoding="utf-8").splitlines()
    half = len(lines) // 2
    archive = Archive.create(tmp_path / "other.archive", frame="everything")
    for name, part in (("b", lines[half:][::-1]), ("a", lines[:half])):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(part) + "\n", encoding="utf-8")
        archive.add(tmp_path / f"{name}.jsonl")
    again = survey(small.study, archive, processes=1)
    dropped = ["archive_hash"]
    keys = [(c, "ascending") for c in ("measure", "outlet", "subject", "category", "voice", "period_start")]
    one = small.findings.of_wire("with").estimates.drop_columns(dropped).sort_by(keys)
    assert again.of_wire("with").estimates.drop_columns(dropped).sort_by(keys).equals(one)


def test_a_new_title_or_claim_reads_and_computes_nothing(surveyed: Surveyed, tmp_path: Path) -> None:
    surveyed.findings.save(tmp_path)
    retitled = surveyed.study.model_copy(update={"title": "Another title"})
    again = survey(retitled, surveyed.archive, previous=tmp_path)
    assert again.about["title"] == "Another title"
    assert "sums" in {one["stage"] for one in surveyed.findings.about["timings"]}
    assert "sums" not in {one["stage"] for one in again.about["timings"]}
    assert again.of_wire("with").estimates.equals(surveyed.findings.of_wire("with").estimates)


def test_a_changed_category_is_computed_again(small: Surveyed, tmp_path: Path) -> None:
    small.findings.save(tmp_path)
    subject = small.study.subject("shoal-front")
    changed = subject.model_copy(update={"categories": {"violent": ("terrorist*", "militant*")}})
    study = small.study.model_copy(
        update={"subjects": tuple(changed if s.id == subject.id else s for s in small.study.subjects)}
    )
    again = survey(study, small.archive, previous=tmp_path, processes=1)
    assert rows(again.of_wire("with").estimates, subject="shoal-front", category="violent")
    assert not rows(again.of_wire("with").estimates, subject="shoal-front", category="terrorist")


def test_findings_survive_saving(surveyed: Surveyed, tmp_path: Path) -> None:
    surveyed.findings.save(tmp_path)
    loaded = Findings.load(tmp_path)
    assert loaded.of_wire("with").estimates.equals(surveyed.findings.of_wire("with").estimates)
    assert loaded.about["subjects"] == surveyed.findings.about["subjects"]


def tiny(tmp_path: Path, articles: str, **study: object) -> tuple[Study, Archive]:
    """An archive of a few hand-written articles, and a study of it: of attention and naming, unless it says more."""
    (tmp_path / "a.csv").write_text("outlet,published,title,text,section\n" + articles, encoding="utf-8")
    archive = Archive.create(tmp_path / "a.archive")
    archive.add(tmp_path / "a.csv")
    subject = {"id": "front", "kind": "actor", "aliases": ["Shoal Front"]}
    asked = {"archive": "a.archive", "measures": ["attention", "naming"], "subject": [subject], **study}
    return parse_study(asked), archive


FOUR = """north,2020-01-05,One,The Shoal Front met.,news
north,,Two,The Shoal Front left.,news
north,2021-01-05,Three,Nobody met.,opinion
south,2020-02-05,Four,The Shoal Front slept.,news
"""


def test_an_undated_article_counts_over_all_time_and_is_named_in_the_series(tmp_path: Path) -> None:
    study, archive = tiny(tmp_path, FOUR)
    findings = survey(study, archive, processes=1)
    (whole,) = rows(
        findings.of_wire("with").estimates, measure="attention", outlet="north", period_start=None
    )
    assert (whole["numerator"], whole["denominator"], whole["n_left_out"]) == (2, 3, 0)
    january = rows(
        findings.of_wire("with").estimates,
        measure="attention",
        outlet="north",
        period_start=dt.date(2020, 1, 1),
    )
    assert [r["n_left_out"] for r in january] == [1]


def test_a_period_leaves_out_and_counts(tmp_path: Path) -> None:
    study, archive = tiny(tmp_path, FOUR, period={"from": "2020-01-01", "to": "2020-12-31", "by": "year"})
    findings = survey(study, archive, processes=1)
    assert findings.about["left_out"] == {"undated": 1, "outside_period": 1}
    (whole,) = rows(
        findings.of_wire("with").estimates, measure="attention", outlet="north", period_start=None
    )
    assert (whole["denominator"], whole["n_left_out"]) == (1, 1)


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ("slept", {"south"}),
        ({"section": ["opinion"]}, {"north"}),
        ({"words": ["Shoal Fr*"]}, {"north", "south"}),
    ],
)
def test_where_narrows_the_articles(tmp_path: Path, where: object, kept: set[str]) -> None:
    study, archive = tiny(tmp_path, FOUR, where=where)
    findings = survey(study, archive, processes=1)
    assert {o["id"] for o in findings.about["outlets"] if o["n_articles"]} == kept


def test_an_outlet_that_the_archive_lacks_is_named(tmp_path: Path) -> None:
    study, archive = tiny(tmp_path, FOUR, outlet=[{"id": "nrth"}])
    with pytest.raises(StudyError, match="did you mean 'north'"):
        survey(study, archive, processes=1)


def test_an_archive_without_a_match_is_surveyed_and_says_so(tmp_path: Path) -> None:
    study, archive = tiny(tmp_path, "north,2020-01-05,One,Nothing here.,news\n")
    findings = survey(study, archive, processes=1)
    (whole,) = rows(findings.of_wire("with").estimates, measure="attention", period_start=None)
    assert whole["estimate"] == 0
    naming = rows(findings.of_wire("with").estimates, measure="naming", period_start=None)
    assert naming
    assert all(r["estimate"] is None and r["note"] for r in naming)


def test_a_label_in_quotation_marks_is_not_the_outlets_own(tmp_path: Path) -> None:
    articles = (
        'north,2020-01-05,One,"The minister called the Shoal Front ""a terrorist group"" on Monday.",news\n'
        'north,2020-01-06,Two,"The Shoal Front is a terrorist group. ""We left,"" a man said.",news\n'
    )
    families = {
        "id": "front",
        "kind": "actor",
        "aliases": ["Shoal Front"],
        "categories": {"t": ["terrorist"]},
    }
    study, archive = tiny(tmp_path, articles, subject=[families])
    estimates = survey(study, archive, processes=1).of_wire("with").estimates
    for voice, used in (("all", 2), ("own", 1), ("quoted", 1)):
        (found,) = rows(estimates, measure="naming", category="t", voice=voice, period_start=None)
        assert (found["numerator"], found["denominator"]) == (used, used), voice


NAMES = {
    "id": "ilmar",
    "kind": "place",
    "aliases": ["Ilmar", "Ilmarsk", "the city"],
    "categories": {"new": ["Ilmar"], "old": ["Ilmarsk"]},
}


def test_categories_of_names_are_shares_of_the_mentions_by_name(tmp_path: Path) -> None:
    articles = (
        'north,2020-01-05,One,"Ilmarsk was calm. The city slept. ""Ilmar is ours,"" a man said of Ilmarsk.",news\n'
        "north,2020-01-06,Two,The city slept.,news\n"
        "south,2020-01-06,Three,Ilmar slept. Nobody met.,news\n"
    )
    study, archive = tiny(tmp_path, articles, subject=[NAMES])
    findings = survey(study, archive, processes=1).of_wire("with")
    told = {
        (row["outlet"], row["category"], row["voice"]): (row["numerator"], row["denominator"])
        for row in rows(findings.estimates, measure="naming", period_start=None)
    }
    assert told["north", "old", "all"] == (2, 3)
    assert told["north", "new", "all"] == (1, 3)
    assert told["north", "other", "all"] == (0, 3)
    assert told["north", "old", "own"] == (2, 2)
    assert told["north", "new", "quoted"] == (1, 1)
    assert told["south", "new", "all"] == (1, 1)
    (first, *rest) = rows(findings.sources, measure="naming", outlet="north", category="new")
    assert not rest
    assert (first["label"], first["label_kind"]) == ("Ilmar", "name")
    assert (first["start"], first["end"]) == (first["label_start"], first["label_end"])
    (compared,) = rows(findings.comparisons, measure="naming", category="old", voice="all")
    assert compared["difference"] == pytest.approx(2 / 3)
    assert not rows(findings.robustness, measure="naming")


SCRIPTS = """marfa,2021-03-01,1,قال الصيادون إن سالم الراوي زار الميناء وأن المتمردون في الجبل.,ar
marfa,2021-03-02,2,وسالم الراوي في الميناء.,ar
gang,2021-03-01,3,市长萨利姆星期一参观了旧港口。,zh
puerto,2021-03-01,4,Los rebeldes visitaron el viejo puerto.,es
port,2021-03-01,5,The mayor visited the old port.,en
"""


def test_names_without_capitals_and_nouns_of_other_languages_count_by_the_word(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("outlet,published,title,text,language\n" + SCRIPTS, encoding="utf-8")
    archive = Archive.create(tmp_path / "a.archive")
    archive.add(tmp_path / "a.csv")
    subjects = [
        {"id": "rawi", "kind": "actor", "aliases": ["سالم الراوي", "萨利姆"]},
        {"id": "rebels", "kind": "actor", "aliases": ["متمردون", "rebeldes"]},
    ]
    study = parse_study({"archive": "a.archive", "measures": ["attention"], "subject": subjects})
    findings = survey(study, archive, processes=1)
    found = {
        (row["outlet"], row["subject"]): (row["numerator"], row["denominator"], row["note"] or "")
        for row in rows(findings.of_wire("with").estimates, measure="attention", period_start=None)
    }
    assert {key: told[:2] for key, told in found.items()} == {
        ("marfa", "rawi"): (2, 2),
        ("marfa", "rebels"): (1, 2),
        ("gang", "rawi"): (1, 1),
        ("gang", "rebels"): (0, 1),
        ("puerto", "rawi"): (0, 1),
        ("puerto", "rebels"): (1, 1),
        ("port", "rawi"): (0, 1),
        ("port", "rebels"): (0, 1),
    }
    assert {key[0] for key, told in found.items() if "by the word alone" in told[2]} == {
        "marfa",
        "gang",
        "puerto",
    }
    (warning,) = [w for w in findings.about["warnings"] if "by the word alone" in w]
    assert all(told in warning for told in ("2 of marfa, ar", "1 of gang, zh", "1 of puerto, es"))
    assert archive.find("萨利姆").n_matching == 1
    assert archive.find("سالم الراوي").n_matching == 2


def test_an_alias_of_two_subjects_is_told(tmp_path: Path) -> None:
    subjects = [{"id": name, "kind": "actor", "aliases": ["Shoal Front"]} for name in ("front", "party")]
    study, archive = tiny(tmp_path, FOUR, subject=subjects)
    assert any("'Shoal Front'" in w for w in survey(study, archive, processes=1).about["warnings"])
