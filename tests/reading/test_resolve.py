"""Which subject a match belongs to: the longest match, exclusions, and surnames after a full name."""

from __future__ import annotations

from typing import Any

import pytest

from masthead.errors import StudyError
from masthead.reading.mentions.alone import stands_alone
from masthead.reading.mentions.mentions import by_article, find_matches, raw_matches
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.reading.mentions.resolve import resolve
from masthead.study import Study
from tests.reading.conftest import make_articles, make_study


def mentions(study: Study, text: str, title: str = "") -> list[str]:
    """Each mention as `subject:words`, with a star for one in the title."""
    patterns = StudyPatterns(study)
    articles = make_articles({"title": title, "text": text})
    found = []
    for matches in by_article(raw_matches(find_matches(articles, patterns.patterns), patterns.patterns)):
        for m in resolve(matches, patterns):
            words = (title if m.in_title else text)[m.start : m.end]
            found.append(f"{'*' if m.in_title else ''}{patterns.subjects[m.subject]}:{words}")
    return found


def subject(name: str, *aliases: str, **rest: Any) -> dict[str, Any]:
    return {"id": name, "kind": "actor", "aliases": list(aliases), **rest}


ARMY = make_study(
    subject("army", "army", "Ostran Army"),
    subject("free", "Free Ostran Army"),
    subject("ostra", "Ostra", "Free Ostra"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Free Ostran Army met the Ostran Army.", ["free:Free Ostran Army", "army:Ostran Army"]),
        ("The army of Free Ostra.", ["army:army", "ostra:Free Ostra"]),
        ("Ostra, Ostra.", ["ostra:Ostra", "ostra:Ostra"]),
    ],
)
def test_the_longest_match_wins(text: str, expected: list[str]) -> None:
    assert mentions(ARMY, text) == expected


def test_exclusions_are_of_their_own_subject_alone() -> None:
    study = make_study(
        subject("opposition", "rebel*", "terrorists", exclude=["rebel yell", "terrorist*"]),
        subject("others", "terrorists"),
    )
    text = "Rebels played Rebel Yell. The terrorists left the rebels."
    assert mentions(study, text) == ["opposition:Rebels", "others:terrorists", "opposition:rebels"]


def test_an_exclusion_that_merely_overlaps_removes_too() -> None:
    study = make_study(subject("marsh", "Dana Marsh", "Marsh", exclude=["Marsh Foundation"]))
    assert mentions(study, "The Marsh Foundation and Marsh.") == ["marsh:Marsh"]


PEOPLE = make_study(
    subject("dana", "Dana Marsh", person=True),
    subject("bill", "Bill Marsh", person=True),
    subject("ode", "Karim Ode", person=True),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marsh spoke.", []),
        ("Dana Marsh spoke. Marsh left.", ["dana:Dana Marsh", "dana:Marsh"]),
        ("Marsh spoke. Dana Marsh left.", ["dana:Dana Marsh"]),
        ("Dana Marsh spoke. Marsh's car left.", ["dana:Dana Marsh", "dana:Marsh"]),
        ("Dana Marsh spoke. Marsh-backed laws.", ["dana:Dana Marsh", "dana:Marsh"]),
        ("Dana Marsh spoke. Anti-Marsh crowds.", ["dana:Dana Marsh", "dana:Marsh"]),
        ("Dana Marsh spoke. Mrs. Marsh left.", ["dana:Dana Marsh", "dana:Marsh"]),
        ("Dana Marsh spoke. On Monday Marsh left.", ["dana:Dana Marsh", "dana:Marsh"]),
        ("Dana Marsh spoke. But Marsh left.", ["dana:Dana Marsh", "dana:Marsh"]),
        ("Dana Marsh spoke. President Marsh left.", ["dana:Dana Marsh", "dana:Marsh"]),
        ("Dana Marsh spoke. Eric Marsh left.", ["dana:Dana Marsh"]),
        ("Dana Marsh spoke. The Marsh Foundation left.", ["dana:Dana Marsh"]),
        ("Dana Marsh spoke. Marsh Jr. left.", ["dana:Dana Marsh"]),
        ("Dana Marsh spoke. W. Marsh left.", ["dana:Dana Marsh"]),
        ("Dana Marsh spoke. The marsh dried.", ["dana:Dana Marsh"]),
        (
            "Dana Marsh met Bill Marsh. Marsh left. Dana Marsh stayed. Marsh slept.",
            ["dana:Dana Marsh", "bill:Bill Marsh", "bill:Marsh", "dana:Dana Marsh", "dana:Marsh"],
        ),
    ],
)
def test_a_surname_counts_after_its_full_name(text: str, expected: list[str]) -> None:
    assert mentions(PEOPLE, text) == expected


def test_a_title_may_name_whom_the_text_names_in_full() -> None:
    assert mentions(PEOPLE, "Karim Ode won.", "Ode wins") == ["*ode:Ode", "ode:Karim Ode"]
    assert mentions(PEOPLE, "A man won.", "Ode wins") == []


def test_in_a_title_in_capitals_a_name_is_one_that_the_text_knows() -> None:
    text = "Karim Ode and his son Eric Ode spoke."
    assert mentions(PEOPLE, text, "Why Critics Fear Ode Wins") == ["*ode:Ode", "ode:Karim Ode"]
    assert mentions(PEOPLE, text, "Why Critics Fear Eric Ode") == ["ode:Karim Ode"]


def test_a_listed_surname_counts_without_the_full_name_but_alone() -> None:
    study = make_study(subject("dana", "Dana Marsh", "Marsh", person=True))
    assert mentions(study, "Marsh spoke. Bill Marsh left.") == ["dana:Marsh"]
    plain = make_study(subject("dana", "Dana Marsh", "Marsh"))
    assert mentions(plain, "Marsh spoke. Bill Marsh left.") == ["dana:Marsh", "dana:Marsh"]


def test_a_surname_mention_carries_the_full_name_as_its_alias() -> None:
    patterns = StudyPatterns(PEOPLE)
    articles = make_articles({"text": "Dana Marsh spoke. Marsh left."})
    (matches,) = by_article(raw_matches(find_matches(articles, patterns.patterns), patterns.patterns))
    assert [m.alias for m in resolve(matches, patterns)] == ["Dana Marsh", "Dana Marsh"]


def test_the_start_and_end_of_a_text_are_boundaries() -> None:
    assert stands_alone("Marsh", 0, 5)
    assert not stands_alone("Eric Marsh", 5, 10)


PAIR = make_study(
    subject("hale", "Tomas Hale", person=True),
    subject("varn", "Petra Varn", person=True),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Hale–Varn talks failed.", ["hale:Hale", "varn:Varn"]),
        ("The Hale-Varn talks failed.", ["hale:Hale", "varn:Varn"]),
        ("The Varn‑Hale talks failed.", ["varn:Varn", "hale:Hale"]),
        ("The Hale–Orr talks failed.", ["hale:Hale"]),
        ("Anna Hale-Orr failed.", []),
        ("Mr Orr-Hale failed.", []),
        ("The Pan-Hale and post-Hale parties failed.", ["hale:Hale", "hale:Hale"]),
        ("The Hale-led Post-Hale party failed.", ["hale:Hale", "hale:Hale"]),
    ],
)
def test_names_that_a_hyphen_or_a_dash_joins(text: str, expected: list[str]) -> None:
    full = "Tomas Hale met Petra Varn. "
    assert mentions(PAIR, full + text) == ["hale:Tomas Hale", "varn:Petra Varn", *expected]


CALLED = make_study(
    subject("save", "SAVE"),
    subject("who", "WHO"),
    subject("nato", "NATO"),
    subject("may", "May"),
    subject("us", "US", "U.S."),
)


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("WHO WILL SAVE THE FERRY?", "Nobody has offered to do so.", []),
        ("SAVE TELLS COUNCIL TO ACT", "The society SAVE met.", ["*save:SAVE", "save:SAVE"]),
        ("Ferry: what SAVE wants", "It wants a ferry.", ["*save:SAVE"]),
        ("SAVE", "The society met.", ["*save:SAVE"]),
        ("COUNCIL: LEAVE US ALONE", "It met a band.", []),
        ("US TROOPS LEFT", "The U.S. army left.", ["*us:US", "us:U.S."]),
        ("NATO TELLS COUNCIL TO ACT", "The alliance met.", ["*nato:NATO"]),
        ("HALE MAY RESIGN", "He may resign on Monday.", []),
        ("MAY RESIGNS", "The leader resigned.", ["*may:MAY"]),
        ("MAY MAY RESIGN", "May may resign.", ["*may:MAY", "*may:MAY", "may:May"]),
        ("Ferry", "It stops.\nWHO IS NEXT?\nNobody can say.", []),
        ("Ferry", "WHO IS NEXT? Nobody at the WHO can say.", ["who:WHO", "who:WHO"]),
    ],
)
def test_a_word_in_a_line_of_capitals_is_no_acronym(title: str, text: str, expected: list[str]) -> None:
    assert mentions(CALLED, text, title) == expected


def test_a_suffix_is_no_surname() -> None:
    study = make_study(subject("hale", "John Hale Jr.", person=True))
    text = "John Hale Jr. spoke. Hale Jr. left, and Hale slept. Orr Jr. stayed, and Anna Hale."
    assert mentions(study, text) == ["hale:John Hale Jr.", "hale:Hale Jr.", "hale:Hale"]


FAMILIES = make_study(
    subject("hale", "John Hale", person=True),
    subject("hadi", "Omar al-Hadi", person=True),
    subject("salem", "Karim bin Salem", person=True),
    subject("berg", "Ana van den Berg", person=True),
    subject("ortega", "Pedro Ortega Ruiz", person=True),
    subject("han", "Han Seo-jun", person=True),
    {"id": "orr", "kind": "actor", "person": True, "aliases": [{"text": "Orr Tam Vel", "family": "Orr"}]},
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Han Seo-jun came. Han left, and Mr Han slept.", ["Han Seo-jun", "Han", "Han"]),
        ("Orr Tam Vel came. Orr left. Tam and Vel did not.", ["Orr Tam Vel", "Orr"]),
        ("Omar al-Hadi came. Al-Hadi left. Hadi slept.", ["Omar al-Hadi", "Al-Hadi", "Hadi"]),
        ("Karim bin Salem came. Bin Salem left.", ["Karim bin Salem", "Bin Salem"]),
        (
            "Ana van den Berg came. Van den Berg left the van den Berg camp. Berg Castle was lit.",
            ["Ana van den Berg", "Van den Berg", "van den Berg"],
        ),
        ("Pedro Ortega Ruiz came. Ortega left. Ruiz slept.", ["Pedro Ortega Ruiz", "Ortega", "Ruiz"]),
        ("John Hale came. Hale MP left. Hale, QC, slept.", ["John Hale", "Hale", "Hale"]),
        ("John Hale came. Hale II left.", ["John Hale"]),
        ("John “Duke” Hale came. Hale left.", ["Hale", "Hale"]),
        ("John R. Hale came. Hale left.", ["Hale", "Hale"]),
        ("Anna “Duchess” Hale came. Hale left.", []),
        ("Mr John Hale came. Mrs Hale left. Mr Hale slept.", ["John Hale", "Hale"]),
        ("John Hale came. Mrs Hale left.", ["John Hale", "Hale"]),
        ("John Hale came. Mr Hale ate. Mr Hale slept. Mrs Hale left.", ["John Hale", "Hale", "Hale"]),
    ],
)
def test_which_words_of_a_name_stand_for_its_bearer(text: str, expected: list[str]) -> None:
    assert [mention.split(":")[1] for mention in mentions(FAMILIES, text)] == expected


def test_a_family_name_is_part_of_the_full_name() -> None:
    alias = {"text": "Han Seo-jun", "family": "Kim"}
    with pytest.raises(StudyError, match="no part of the alias"):
        make_study({"id": "han", "kind": "actor", "person": True, "aliases": [alias]})
