"""Lines set in capitals, where a capital says nothing: `WHO WILL SAVE US` names no organisation."""

from __future__ import annotations

import re
from functools import cache

from masthead.reading.lexicon import FUNCTION_WORDS
from masthead.reading.parsing.model import model_folder

_REACH = 100
_EDGE = re.compile(r"[.!?…\n]")
_WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?")
_PARTS_OF_SPEECH = ("verb", "adj", "adv")


def is_shouted(text: str, start: int, end: int) -> bool:
    """True where text[start:end] stands in a line, or a sentence, of which all other words are in capitals too."""
    before = text[max(0, start - _REACH) : start]
    edges = [edge.end() for edge in _EDGE.finditer(before)]
    before = before[edges[-1] :] if edges else before
    after = text[end : end + _REACH]
    edge = _EDGE.search(after)
    after = after[: edge.start()] if edge else after
    words = _WORD.findall(before) + _WORD.findall(after)
    return bool(words) and all(word.isupper() for word in words)


def stands_small(name: str, *fields: str) -> bool:
    """True where one of the fields writes a name in small letters, as a word: `save` beside `SAVE`."""
    small = re.compile(rf"(?<!\w){re.escape(name.lower())}(?!\w)")
    return any(small.search(field) for field in fields)


def is_english_word(word: str) -> bool:
    """True for a word in small letters that is a function word, a verb, an adjective or an adverb of English.

    Not for a noun: the dictionary has `nato` and `cia` among these.
    """
    stems = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ed")}
    return word in FUNCTION_WORDS or any(len(stem) > 2 and stem in _dictionary() for stem in stems)


@cache
def _dictionary() -> frozenset[str]:
    """The verbs, adjectives and adverbs that the language model's lemmatizer knows."""
    from spacy.lookups import Lookups
    from spacy.strings import StringStore

    index = Lookups().from_disk(model_folder() / "lemmatizer" / "lookups").get_table("lemma_index")
    keys = StringStore(_PARTS_OF_SPEECH)
    return frozenset(word for part in _PARTS_OF_SPEECH for word in index[keys[part]])
