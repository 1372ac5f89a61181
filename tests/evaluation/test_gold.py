"""Gold files: what is read, what is refused and in what words, and what a classifier sees."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.errors import GoldError
from masthead.validation.gold import files as gold

SENTENCE = "Dana Oxley praised Ruiz, but Oxley's deputy mocked the mayor."


def row(words: str, polarity: int, sentence: str = SENTENCE, **more: Any) -> dict[str, Any]:
    start = sentence.index(words)
    return {"sentence": sentence, "from": start, "to": start + len(words), "polarity": polarity, **more}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in lines))
    return path


def test_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path = written(tmp_path, row("Ruiz", 1, mention="Ruiz", annotator=7), "", row("the mayor", -1))
    one, two = gold.read(path)
    assert (SENTENCE[one.start : one.end], one.polarity, one.label, one.line, one.words) == (
        "Ruiz",
        1,
        2,
        1,
        10,
    )
    assert (SENTENCE[two.start : two.end], two.polarity, two.label, two.line) == ("the mayor", -1, 0, 3)


def test_a_byte_order_mark_windows_line_ends_and_whole_floats_are_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf" + json.dumps({**row("Ruiz", 1), "polarity": -1.0}).encode() + b"\r\n\r\n"
    )
    assert [mention.polarity for mention in gold.read(path)] == [-1]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({**row("Ruiz", 0), "to": 62}, "offsets 19 to 62 do not lie in a sentence of 61 characters"),
        ({**row("Ruiz", 0), "from": -1}, "offsets -1 to 23"),
        ({**row("Ruiz", 0), "from": 23}, "offsets 23 to 23"),
        ({**row("Ruiz", 0), "from": 18, "to": 19}, "no word stands at 18 to 19"),
        ({**row("Ruiz", 0), "from": "19"}, "'from' is not a whole number"),
        ({**row("Ruiz", 0), "to": True}, "'to' is not a whole number"),
        (row("Ruiz", 0, mention="Ruis"), "'Ruiz' stands at 19 to 23, not 'Ruis'"),
        ({**row("Ruiz", 0), "polarity": 2}, "polarity 2"),
        ({**row("Ruiz", 0), "polarity": 0.5}, "polarity 0.5"),
        ({**row("Ruiz", 0), "polarity": "positive"}, 'polarity "positive"'),
        ({**row("Ruiz", 0), "polarity": True}, "polarity true"),
        ({**row("Ruiz", 0), "polarity": None}, "polarity null"),
        ({"sentence": SENTENCE, "polarity": 0}, "without from and to"),
        ({**row("Ruiz", 0), "sentence": 4}, "sentence is not text"),
        ('{"sentence": "\\ud83d Ruiz", "from": 2, "to": 6, "polarity": 0}', "sentence is not text"),
        ("[1, 2]", "not a JSON object"),
        ("sentence,from,to,polarity", "not JSON"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_named_with_its_reason(tmp_path: Path, bad: object, says: str) -> None:
    path = written(tmp_path, row("Ruiz", 1), bad)
    with pytest.raises(GoldError) as refused:
        gold.read(path)
    assert f"1 of 2 lines of '{path}' are not gold mentions (line 2: {says}" in refused.value.given
    assert "--skip-bad" in refused.value.hint


def test_all_bad_lines_are_counted_and_the_first_quoted(tmp_path: Path) -> None:
    path = written(tmp_path, row("Ruiz", 1), *["nonsense"] * 7, row("the mayor", 0))
    with pytest.raises(GoldError) as refused:
        gold.read(path)
    assert refused.value.given.startswith("7 of 9 lines")
    assert refused.value.given.endswith("line 6: not JSON; and 2 more)")
    mentions, bad = gold.sift(path)
    assert [mention.line for mention in mentions] == [1, 9]
    assert [one.line for one in bad] == [2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "no gold file"), (b"", "is empty"), (b"\n \n", "is empty"), (b"\x80\x81\n", "line 1: not UTF-8")],
)
def test_a_missing_an_empty_and_another_file_are_told_apart(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    path = tmp_path / "gold.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GoldError) as refused:
        gold.read(path)
    assert says in refused.value.given


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_be_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(content)
    with pytest.raises(GoldError):
        gold.read(path)


def mentions(*rows: dict[str, Any]) -> list[gold.GoldMention]:
    return [
        gold.GoldMention(one["sentence"], one["from"], one["to"], one["polarity"], line)
        for line, one in enumerate(rows, 1)
    ]


def test_the_target_is_marked_its_surname_masked_again_and_the_others_numbered() -> None:
    seen = gold.examples(mentions(row("Dana Oxley", 1), row("Ruiz", 1), row("the mayor", -1)))
    assert seen == [
        "[unused1] they [unused2] praised [unused11], but [unused3]'s deputy mocked [unused12].",
        "[unused11] praised [unused1] they [unused2], but [unused11]'s deputy mocked [unused12].",
        "[unused11] praised [unused12], but [unused11]'s deputy mocked [unused1] they [unused2].",
    ]


def test_pronouns_are_masked_where_labelled_and_nowhere_else() -> None:
    sentence = "He said he saw Ruiz before he left."
    one, two = gold.examples(mentions(row("he", 0, sentence), row("Ruiz", 0, sentence)))
    assert one == "He said [unused1] they [unused2] saw [unused11] before he left."
    assert two == "He said [unused11] saw [unused1] they [unused2] before he left."


def test_two_labelled_mentions_of_the_same_words_are_one_subject() -> None:
    sentence = "Oxley spoke, and then Oxley left."
    first = row("Oxley", 1, sentence)
    second = {**first, "from": sentence.rindex("Oxley"), "to": sentence.rindex("Oxley") + 5}
    assert gold.examples(mentions(first, second)) == [
        "[unused1] they [unused2] spoke, and then [unused3] left.",
        "[unused3] spoke, and then [unused1] they [unused2] left.",
    ]


def test_the_order_of_the_lines_changes_nothing() -> None:
    ordered = mentions(row("Dana Oxley", 1), row("Ruiz", 1), row("the mayor", -1), row("Oxley", 0))
    seen = dict(zip(ordered, gold.examples(ordered), strict=True))
    shuffled = ordered[:]
    random.Random(4).shuffle(shuffled)
    assert gold.examples(shuffled) == [seen[mention] for mention in shuffled]


@given(
    st.lists(st.sampled_from(["Oxley", "Ruiz", "Vane", "Nadia Holm"]), min_size=2, max_size=4, unique=True)
)
def test_who_it_is_about_does_not_reach_the_classifier(names: list[str]) -> None:
    def seen(called: list[str]) -> list[str]:
        sentence = f"{called[0]} blamed {called[1]}; {called[0]} was cheered."
        return gold.examples(mentions(row(called[0], 1, sentence), row(called[1], -1, sentence)))

    assert seen(names) == seen(["Oxley", "Ruiz"])


def test_news_sentences_hold_none_of_the_words_of_their_target(corpora: Path) -> None:
    rows = gold.read(corpora / "newsmtsc" / "dev-mt.jsonl")
    assert len(rows) == 442
    for mention, text in zip(rows, gold.examples(rows), strict=True):
        words = mention.sentence[mention.start : mention.end]
        if words.lower() not in gold.PRONOUNS and words.isalpha():
            assert words not in text.replace("-", " ").split()
