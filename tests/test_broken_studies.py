"""Study files that are broken in every way that people break them: each is told in plain words, with its line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from masthead.errors import StudyError
from masthead.study import load_study, parse_study
from masthead.study.claim_names import with_outlets
from masthead.study.errors import line_of
from masthead.study.names import Choices
from masthead.study.parts import WrongAtError

WHOLE = """\
title = "T"
archive = "a.archive"
level = 0.95
measures = ["attention", "naming", "portrayal"]

[period]
from = 2020-01-01
to = 2020-12-31
by = "month"

[[outlet]]
id = "gull"
name = "The Gull"
match = ["Gull"]
group = "north"

[[outlet]]
id = "skua"

[[subject]]
id = "league"
name = "League"
kind = "actor"
aliases = ["Dockers' League", "dockers"]
[subject.categories]
militant = ["militant*"]

[[event]]
id = "strike"
from = 2020-02-01
to = 2020-02-03

[[factor]]
id = "side"
values = { league = 1 }

[[claim]]
id = "c1"
text = "More."
measure = "naming"
subject = "league"
category = "militant"
outlet = "gull"
versus = "skua"
expect = "more"
margin = 0.1
"""

FOREIGN = re.compile(
    r"pydantic|validat|input|should be|instance|_error|type=|ctx|dict\b|tuple|literal|parsing|NoneType|Traceback",
    re.I,
)
"""Words of the library that checks, and of Python, none of which a journalist has to know."""

A_LIST, A_DAY, TEXT = "a list in square brackets", "a day, such as 2016-12-22", "text in quotation marks"
ALIASES, MEASURES, MATCH, VALUES = (
    'aliases = ["Dockers\' League", "dockers"]',
    'measures = ["attention", "naming", "portrayal"]',
    'match = ["Gull"]',
    "values = { league = 1 }",
)

BROKEN = [
    ("level = 0.95", 'level = "high"', "'high' does not fit; expected a number"),
    ("level = 0.95", "level = 95", "95 is too large; expected a number less than 1"),
    ("level = 0.95", "level = [1]", "a list of 1 does not fit; expected a number"),
    ("level = 0.95", "level = true", "true does not fit; expected a number"),
    ('title = "T"', "title = 5", TEXT),
    ('archive = "a.archive"', "archive = 3", TEXT),
    ('archive = "a.archive"\n', "", "lacks 'archive'"),
    (MEASURES, 'measures = "attention"', A_LIST),
    (MEASURES, 'measures = ["atention"]', "there is no 'atention'; expected 'attention', 'naming'"),
    (MEASURES, "measures = []", "expected at least 1"),
    (MEASURES, "measures = { attention = true }", A_LIST),
    ("from = 2020-01-01", 'from = "soon"', "'soon' does not fit; expected a day"),
    ("from = 2020-01-01", 'from = "2020-13-01"', A_DAY),
    ("from = 2020-01-01", "from = 2020-01-01T12:00:00", A_DAY),
    ("from = 2020-01-01", "form = 2020-01-01", "unknown key 'period.form'.*did you mean 'from'"),
    ("from = 2020-01-01", "from = 2021-01-01", "the period ends"),
    ('by = "month"', 'by = "fortnight"', "expected 'day', 'week', 'month', 'quarter' or 'year'"),
    ("[period]", "[[period]]", "a table with the keys by, from, to"),
    ("[period]", "[perod]", "did you mean 'period'"),
    ('id = "gull"', 'id = "The Gull"', "'The Gull' is no id"),
    ('id = "gull"', "id = 5", TEXT),
    ('id = "gull"\n', "", r"lacks 'outlet\[1\].id'"),
    ('id = "skua"', 'id = "gull"', "have the id 'gull'"),
    (MATCH, 'match = "Gull"', A_LIST),
    (MATCH, "match = [5]", f"5 does not fit; expected {TEXT}"),
    (MATCH, 'match = ["skua"]', "the outlet value 'skua' belongs to two outlets, 'gull' and 'skua'"),
    ('group = "north"', 'group = ["n"]', TEXT),
    ('group = "north"', 'absent = "it is gone"', "true or false"),
    (
        'kind = "actor"',
        'kind = "person"',
        "there is no 'person'; expected 'actor', 'event', 'place' or 'issue'",
    ),
    ('kind = "actor"', 'kind = ["actor"]', "a list of 1 does not fit; expected 'actor'"),
    ('kind = "actor"\n', "", r"lacks 'subject\[1\].kind' of subject 'league'"),
    ('kind = "actor"', 'kind = "actor"\nperson = "maybe"', "true or false"),
    (ALIASES, 'aliases = "dockers"', A_LIST),
    (ALIASES, 'aliases = ["d*", "x"]', "expected two letters or more before a"),
    (ALIASES, 'aliases = ["doc*ker", "x"]', "only after the last letter of a word"),
    (ALIASES, 'aliases = ["dockers", "dockers"]', "expected each alias once"),
    ('title = "T"', "title = true", f"true does not fit; expected {TEXT}"),
    ('title = "T"', "standing = true", "true does not fit; expected 'leave-out' or 'count'"),
    ('title = "T"', 'repeats = "unfold"', "expected 'fold' or 'count'; did you mean 'fold'"),
    ('title = "T"', 'zone = "Varnholm"', "a continent and a city, such as Asia/Damascus"),
    ('title = "T"', 'zone = "Damascus"', "did you mean 'Asia/Damascus'"),
    ('by = "month"', "by = true", "true does not fit; expected 'day', 'week'"),
    ("from = 2020-01-01", "from = 10:00:00", "10:00:00 does not fit; expected a day"),
    (ALIASES, "aliases = [5]", f"{TEXT}.* or a table with the keys case, family, text"),
    (ALIASES, 'aliases = [{ txt = "a" }]', "did you mean 'text'"),
    (ALIASES, 'aliases = [{ text = "a", case = "any" }]', "there is no 'any'; expected 'exact' or 'ignore'"),
    (ALIASES, "aliases = []", "expected at least 1"),
    (ALIASES, 'aliases = ["", "x"]', "empty or matches everything"),
    ('militant = ["militant*"]', 'other = ["x"]', "called 'other', which is kept for labels"),
    ("[subject.categories]", "[subject.category]", "did you mean 'categories'"),
    ('id = "strike"\nfrom = 2020-02-01', 'id = "strike"\nfrom = 2020-03-01', "the event ends"),
    ('id = "strike"\nfrom = 2020-02-01', 'id = "strike"', r"lacks 'event\[1\].from' of event 'strike'"),
    (VALUES, "values = { leage = 1 }", "'leage', which is no subject of the study; .*did you mean 'league'"),
    (VALUES, 'values = { league = "much" }', "is 'much'; expected a number, such as 1 or -1"),
    (VALUES, "values = [1]", "a list of 1 does not fit; expected a table"),
    (VALUES, "values = {}", "expected at least 1"),
    (VALUES, "values = { league = 1, League = 2 }", "factor 'side' has two values of 'league'"),
    (VALUES, "values = { league = [{ valu = 1 }] }", "did you mean 'value'"),
    (VALUES, "values = { league = { a = 1 } }", A_LIST),
    (
        'expect = "more"',
        'expect = "louder"',
        "there is no 'louder'; expected 'more', 'less', .*'never' or 'always'",
    ),
    ('expect = "more"', 'exspect = "more"', "did you mean 'expect'"),
    ('expect = "more"\n', "", r"lacks 'claim\[1\].expect' of claim 'c1'"),
    ('expect = "more"', 'expect = "never"', "claim 'c1' expects 'never', which is set against nobody"),
    ('expect = "more"', 'expect = "Always"', "'never' or 'always'; did you mean 'always'"),
    ('expect = "more"', 'expect = "silent"', 'only beside `measure = "silence"`'),
    ('expect = "more"', 'expect = "changed"', "expected 'before' or 'after' and a day or an event"),
    ('expect = "more"', 'expect = "explained-by"', 'expected `measure = "portrayal"`'),
    (
        'versus = "skua"\n',
        "",
        "has no `versus`; expected `versus`: another outlet, a group, 'all other outlets'",
    ),
    ('versus = "skua"', 'versus = "after 2020-02-30"', "the day 2020-02-30, and there is none"),
    ('category = "militant"\n', "", "names no `category`; expected the category"),
    ('outlet = "gull"\nversus', "versus", "names no `outlet`; expected the id or the name of an outlet"),
    ('measure = "naming"', 'measure = "attention"', "expected a claim without `category`"),
    ('measure = "naming"', 'measure = "stance"', "expected one of those that it measures: attention"),
    ("margin = 0.1", "margin = 1.0", "expected a number from 0 to below 1"),
    ("margin = 0.1", 'margin = 0.1\nfactor = "side"', "leave `factor` out"),
    ("margin = 0.1", "margin = 0.1\n[where]\nlevel = 0.9", "a key of the whole study: write it above"),
    ("margin = 0.1", "margin = 0,1", "is not TOML: margin = 0,1; .*write numbers with a point"),
    ("margin = 0.1", "margin: 0.1", "write '=' between a key and its value"),
    ("from = 2020-01-01", "from = 01.02.2020", "is not TOML: from = 01.02.2020; .*write days as"),
    (
        'title = "T"',
        'title = "T"\ntitle = "U"',
        'line 2, gives again what stands further up: title = "U"; .*each key',
    ),
    ('title = "T"', "title = “T”", "write straight quotation marks"),
    ('title = "T"', "title = T", "write text in quotation marks"),
    ("margin = 0.1", 'margin = "ten"', "claim 'c1': 'ten' does not fit; expected a number"),
    ("margin = 0.1", "margin = -1", "-1 is too small"),
    (
        "margin = 0.1",
        "margin = 10",
        "claim 'c1' has a margin of 10 that no difference can pass; expected a number from 0 to below 1",
    ),
    ("margin = 0.1", "margin = nan", "no finite number"),
    ("margin = 0.1", 'margin = 0.1\nvoice = "mine"', "there is no 'mine'; expected 'own', 'quoted' or 'all'"),
    ("margin = 0.1", 'margin = 0.1\nfrom = "x"', A_DAY),
    ('versus = "skua"', 'versis = "skua"', "unknown key .* of claim 'c1'.*did you mean 'versus'"),
    (
        'versus = "skua"',
        'versus = "skue"',
        "claim 'c1' names 'skue', which is no outlet or group .*did you mean 'skua'",
    ),
    ('versus = "skua"', 'versus = ["skua"]', TEXT),
    (
        'versus = "skua"',
        'versus = "before strke"',
        "no event of the study; expected a day, such as 2016-12-22, .*did you mean 'strike'",
    ),
    ('versus = "skua"', 'versus = "The Gull"', "sets 'gull' against itself"),
    (
        'subject = "league"',
        'subject = "leage"',
        "claim 'c1' names 'leage', which is no subject of the study; .*did you mean 'league'",
    ),
    (
        'category = "militant"',
        'category = "militants"',
        "'militants', which is no category of 'league'; .*did you mean",
    ),
    ('measure = "naming"', 'measure = "namings"', "expected one of attention, naming.*did you mean 'naming'"),
    ('measure = "naming"', "measure = 3", TEXT),
    ('text = "More."', 'text = ""', "the claim has no text"),
    ("[[claim]]", "[claim]", f"does not fit; expected {A_LIST}"),
    ('title = "T"', "where = 5", "a table with the keys language, section, words"),
    ('title = "T"', 'where = { word = ["x"] }', "did you mean 'words'"),
    ('title = "T"', 'outcomes = ""', "'' is empty"),
    ('title = "T"', 'portrayal = "model"', "a table with the keys key_variable, labels, logprobs, model"),
    ('title = "T"', "sentence = [5]", "a table with the keys claim, claims, text"),
    ('title = "T"', 'sentence = [{ text = "x", claims = "c1" }]', A_LIST),
    (
        'title = "T"',
        'sentence = [{ text = "x", claims = ["c9"] }]',
        "'c9', which is no claim of the study; .*there are: c1",
    ),
    ('id = "league"', f'id = "{"l" * 90}"', "at most 80 characters"),
    (
        'id = "league"',
        'id = "league"\ntexts = ["gul"]',
        "'gul', which is no outlet of the study; .*did you mean 'gull'",
    ),
    ('id = "league"', 'id = "league"\nexclude = "x"', A_LIST),
]


@pytest.mark.parametrize(
    ("old", "new", "says"), BROKEN, ids=[new or f"without {old}" for old, new, _ in BROKEN]
)
def test_what_is_broken_is_told_in_plain_words_with_its_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    path = tmp_path / "study.toml"
    path.write_text(WHOLE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StudyError, match=says) as caught:
        load_study(path)
    told = str(caught.value)
    assert not FOREIGN.search(told.replace(str(path), ""))
    assert "\n" not in told
    assert not re.search(r"expected a value|mend it|\(\)", told)
    line = re.search(r"study\.toml'?, line (\d+)[,:]", told)
    assert line is not None or "lacks 'archive'" in told
    if line is not None and new:
        # The line that was broken, or that of the table around it.
        first = 1 + WHOLE[: WHOLE.index(old)].count("\n")
        table = max(
            at for at, text in enumerate(WHOLE.splitlines()[:first], 1) if text.startswith("[") or at == 1
        )
        others = ("two outlets", "the period ends", "the event ends", "without `category`")
        assert table <= int(line[1]) <= first + new.count("\n") or any(other in told for other in others)


def test_the_whole_one_is_taken(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(WHOLE, encoding="utf-8")
    assert load_study(tmp_path / "study.toml").claims[0].versus == "skua"


@pytest.mark.parametrize(
    ("at", "line"),
    [
        (("title",), 1),
        (("note",), 2),
        (("part", 0), 6),
        (("part", 1, "id"), 11),
        (("part", 1, "of", "b"), 14),
        (("part", 1, "of", "c"), 13),
        (("part", 1, "list", 4, "x"), 12),
        (("part", 7), 6),
        (("elsewhere",), None),
    ],
)
def test_the_line_of_a_part_of_a_file(at: tuple[str | int, ...], line: int | None) -> None:
    text = 'title = 1\nnote = """\n[[part]]\nid = 1\n"""\n[[part]]\nid = 1\n# [[part]]\n\n[[ part ]] # two\n"id"=1\n'
    text += "list = [\n[part.of]\nb = 1\n"
    assert line_of(text, at) == line


def test_what_only_the_archive_tells_has_its_line_too() -> None:
    text = WHOLE[: WHOLE.index("[[outlet]]")] + WHOLE[WHOLE.index("[[subject]]") :].replace("gull", "gul")
    text += '[[sentence]]\ntext = "It said so."\n[[sentence.claim]]\nid = "c2"\ntext = "So."\nmeasure = "naming"\n'
    text += 'subject = "league"\ncategory = "militant"\noutlet = "skue"\nexpect = "never"\n'
    study = parse_study(tomllib.loads(text), "study.toml", text)
    known: Choices = {"gull": (), "skua": ()}
    for claim, outlet, near in zip(study.claims, ("gul", "skue"), ("gull", "skua"), strict=True):
        with pytest.raises(WrongAtError) as wrong:
            with_outlets(claim, known, [], ["strike"])
        told = str(study.wrong(wrong.value, "claim", claim.id))
        line = 1 + text[: text.index(f'outlet = "{outlet}"')].count("\n")
        assert f"study.toml, line {line}, at " in told
        assert f"claim '{claim.id}' names '{outlet}'" in told
        assert f"did you mean '{near}'?" in told
