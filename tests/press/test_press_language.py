"""The articles are English: articles and verbs agree, nothing is left unfilled, sentences begin and end."""

import collections
import re

import pytest

from masthead import press
from masthead.press.plan.stories import FILLERS, KINDS
from masthead.press.strait.subjects import ROLES
from masthead.press.writing.grammar import load_grammar
from masthead.press.writing.page import sounds_open

_PLURAL = "rebels|militants|terrorists|extremists|insurgents|gunmen|partisans|vigilantes|gangsters|patriots|volunteers"
FAULTS = {
    "double space": re.compile(r"  "),
    "unfilled slot": re.compile(r"[{}|@]"),
    "stray punctuation": re.compile(r"\s[,.;:!?]|,,|\.\.|,\.|;,|,;"),
    "a before a vowel": re.compile(r"\b[Aa] (?!one\b|uni|use|eu)[aeiouAEIOU]\w"),
    "an before a consonant": re.compile(r"\b[Aa]n (?!hour|honest|heir|HDG|SLF|8|11|18)[^aeiouAEIOU\W]"),
    "it with a plural verb": re.compile(r"\b[Ii]t (have|were|are)\b"),
    "they with a singular verb": re.compile(r"\b[Tt]hey (has|was|is|does)\b"),
    "plural with a singular verb": re.compile(
        rf"(?:^|[.?!] )(?:The )?(?:{_PLURAL})(?: (?:of|from|loyal to) (?:the )?[A-Z]\w+(?: [A-Z]\w+)*)?"
        r" (?!across|this|towards|always)\w*[^s\W]s\b"
    ),
    "a word twice": re.compile(r"\b(?!had\b|that\b)(\w+) \1\b"),
}  # fmt: skip


@pytest.mark.parametrize("setting", ["easy", "medium", "hard"])
def test_articles_read_as_english(setting: str) -> None:
    for article in press.make(seed=31, articles=1500, setting=setting).articles():
        paragraphs = article["text"].split("\n\n")
        for line in (article["title"], *paragraphs):
            for fault, pattern in FAULTS.items():
                found = pattern.search(line)
                assert not found, f"{fault}: {line}"
            assert line.count('"') % 2 == 0
            assert line.count("“") == line.count("”")
            assert not line[0].islower()
        assert not article["title"].endswith((".", ","))
        for paragraph in paragraphs:
            assert re.search(r"[.?!][\"”]?$", paragraph), paragraph
            for sentence in re.split(r"(?<=[.?!])\s+", paragraph):
                assert not sentence[:1].islower(), paragraph
        assert len(paragraphs) >= 2


@pytest.mark.parametrize(
    ("word", "opens"),
    [("apple", True), ("unit", False), ("hour", True), ("HDG", True), ("one", False), ("rebel", False)],
)
def test_a_or_an_goes_by_sound(word: str, opens: bool) -> None:
    assert sounds_open(word) is opens


@pytest.mark.parametrize("setting", [1, 2, 3])
def test_every_story_can_be_told_at_every_setting(setting: int) -> None:
    grammar = load_grammar(setting)
    for kind in KINDS + FILLERS:
        for variant in kind.variants:
            assert len(grammar.lines(f"{kind.name}.{variant}.title")) >= 3
            assert len(grammar.lines(f"{kind.name}.{variant}.lede")) >= 3
        assert grammar.has(f"{kind.name}.{'detail' if kind.a else 'body'}")


@pytest.mark.parametrize("setting", [1, 2, 3])
def test_every_label_has_a_phrase_and_a_headline(setting: int) -> None:
    grammar = load_grammar(setting)
    for role in ROLES:
        if role.type == "event":
            continue
        for family in role.families:
            for word in family.words:
                shapes = word.shapes | (frozenset(("adj",)) if role.cast.adjective else frozenset())
                assert grammar.fitting(f"np.{role.type}", shapes), (role.cast.id, word)
                assert grammar.fitting(f"np.title.{role.type}", shapes), (role.cast.id, word)


def test_there_are_thousands_of_sentence_shapes() -> None:
    """Names, labels, numbers and places masked, a press of 1,500 articles still has thousands of shapes."""
    made = press.make(seed=2, articles=1500, setting="hard")
    shapes: collections.Counter[str] = collections.Counter()
    for coverage in made.stories():
        for article in coverage.articles:
            for sentence in article.sentences:
                text, spans = sentence.text, []
                for mark in sentence.marks:
                    spans.append((mark.start, mark.end))
                    spans += [(label.start, label.end) for label in mark.labels]
                for start, end in sorted(set(spans), reverse=True):
                    text = f"{text[:start]}N{text[end:]}"
                for fact in sorted(set(coverage.story.facts.values()), key=len, reverse=True):
                    text = re.sub(rf"\b{re.escape(fact)}\b", "F", text)
                shapes[re.sub(r"\d[\d,]*", "0", text)] += 1
    assert len(shapes) > 3000


def test_settings_grow_harder_by_the_distance_of_label_and_name() -> None:
    distances = []
    for setting in ("easy", "medium", "hard"):
        rows = press.make(seed=3, articles=500, setting=setting).truth().mentions.to_pylist()
        far = [max(r["start"] - r["label_end"], r["label_start"] - r["end"], 0) for r in rows if r["label"]]
        distances.append(sum(far) / len(far))
    assert distances[0] < distances[1] < distances[2]
