"""Who is meant by a speaker's words: a name in full, a pronoun or `the spokesman` by whom it stands for.

Everything is taken from the article itself: there is no list of persons and none of given names. `She` is
not taken for somebody called Mr. or a spokesman in the article, but where it says nothing of a name, either may be.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from masthead.reading.attribution.marks import Attribution
from masthead.reading.attribution.passages import Passage
from masthead.reading.lexicon import DAYS_AND_MONTHS, FUNCTION_WORDS, PERSON_NOUNS, TITLES, words
from masthead.reading.mentions.resolve import Mention
from masthead.reading.parsing.sentences import Span

Gender = Literal["m", "f"]

_SHORT = r"(?:Mr|Mrs|Ms|Dr|Sen|Sens|Gov|Rep|Reps|Pres|Gen|Col|Lt|Sgt|Capt|Prof|Rev|Hon|St|Jr|Sr|Sec)\."
_WORD = rf"(?:al-|el-)?(?:{_SHORT}|[^\W\d_a-z]\.(?=[ \u00a0])|[^\W\d_a-z][\w’'-]*\w|[^\W\d_a-z])"
_JOINT = r"(?:[ \u00a0](?:of|for|de|la|al|el|bin|von|van|der|del)(?=[ \u00a0][^\W\d_a-z]))?[ \u00a0]"
_NAME = re.compile(rf"{_WORD}(?:{_JOINT}{_WORD})*")
_PART = re.compile(r"[^\s.]+\.?")
_ACRONYM = re.compile(r"[ \u00a0]\(([A-Z]{2,6})\)")
# From the first mark of a row, or from the second where the first is an abbreviation's: the others end alike.
_SENTENCE_END = re.compile(
    r"(?<![.!?]{2})(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?]++[\"”’'»)]*+\s+|\n+"
)
_DESCRIBED = re.compile(r",[ \u00a0]((?:a|an|the|his|her|its|who)\b[^,.;\n]{2,80})")
_LOWER = re.compile(r"[a-z][a-z-]+")
_SPOKESPERSON = (
    r"(?:spokes(?:man|woman|men|women|person|people)|officials?|lawyers?|attorneys?|representatives?)"
)
_SPEAKS_FOR = re.compile(rf"\b{_SPOKESPERSON}[ \u00a0](?:for|of|from|with)[ \u00a0](?:the[ \u00a0])?\Z")
_WHOSE_SPEAKER = re.compile(rf"(?:['’]s?)?[ \u00a0](?:\w+[ \u00a0])?{_SPOKESPERSON}\b")
_BEFORE_NAMES = FUNCTION_WORDS | DAYS_AND_MONTHS
_BEFORE = 40
_SENTENCES_BACK = 5

_NO_PERSONS = words(
    "party university department committee house senate court street times post news institute agency council",
    "union association company corp inc ltd group bank ministry office bureau commission states nations county",
    "city center centre foundation college school coalition alliance front army force forces club league board",
    "fund service journal tribune herald press network television radio act amendment island islands sea river",
    "north south east west new america",
)
_OF_TITLES = {
    "sen": "senator",
    "gov": "governor",
    "rep": "representative",
    "reps": "congressman",
    "pres": "president",
    "gen": "general",
    "col": "colonel",
    "lt": "lieutenant",
    "capt": "captain",
    "sgt": "sergeant",
    "dr": "doctor",
    "prof": "professor",
    "sec": "secretary",
    "rev": "reverend",
}
_MEN = words("mr sir lord king prince brother father son husband uncle he his him")
_WOMEN = words(
    "mrs ms miss lady dame queen princess sister mother daughter wife aunt actress waitress she her"
)
_PRONOUNS: dict[str, Gender | None] = {
    "he": "m",
    "him": "m",
    "his": "m",
    "she": "f",
    "her": "f",
    "they": None,
    "them": None,
    "their": None,
    "it": None,
    "its": None,
}
AUTHORS = frozenset({"i", "me", "my", "we", "us", "our", "you", "your", "one", "myself", "ourselves"})
"""Speakers that are the article's own author or its reader: they stand for nobody in it."""


class Speaker(NamedTuple):
    """Who speaks: a name as the article first gives it in full, and the study's subject (its index) it is."""

    name: str | None
    subject: int | None


NOBODY = Speaker(None, None)


@dataclass(slots=True)
class _Named:
    """A name where it stands in the text, and what it is called in full."""

    start: int
    end: int
    text: str
    titles: frozenset[str]
    whole: str = ""


class People:
    """The names in one article's text, and whom its speakers' words stand for.

    `mentions` are those of the study's subjects in the field. Ask in the order of the text: a pronoun may stand
    for whoever spoke last.
    """

    def __init__(self, passage: Passage, mentions: Sequence[Mention]) -> None:
        self._passage = passage
        self._content = passage.content
        self._all_names = list(_names(passage.content))
        self._starts = [one.start for one in self._all_names]
        self._mentions = list(mentions)
        self._mention_starts = [m.start for m in self._mentions]
        self._sentences = [0, *(end.end() for end in _SENTENCE_END.finditer(passage.content))]
        self._gender: dict[str, Gender] = {}
        self._descriptions: dict[str, set[str]] = {}
        self._join()
        self._subjects: dict[str, int] = {}
        for one in self._all_names:
            subject = self._subject_at((one.end - 1, one.end), one.start)
            if subject is not None:
                self._subjects.setdefault(one.whole, subject)
        self._centres: dict[int, Speaker] = {}

    def speaker(self, one: Attribution) -> Speaker:
        """Return who is meant by an attribution's speaker, and remember that he or she spoke."""
        who = self._who(one)
        if who != NOBODY and one.cue is not None:
            self._centres[self._sentence(one.cue[0])] = who
        return who

    def _who(self, one: Attribution) -> Speaker:
        if one.speaker is None:
            return NOBODY
        text = self._content[slice(*one.speaker)].lower()
        if text in AUTHORS:
            return NOBODY
        if text in _PRONOUNS:
            return self._of_pronoun(text, one.speaker[0])
        voice = self._spoken_for(one.speaker)
        for head in one.heads:
            name = self._name_at(head)
            if name is not None and voice is not None:
                return Speaker(name.whole, voice)
            subject = self._subject_at(head, one.speaker[0])
            if name is not None and (name.whole or subject is not None):
                return Speaker(name.whole, self._subjects.get(name.whole, subject))
            if subject is not None:
                return Speaker(self._content[slice(*head)], subject)
        return Speaker(None, voice) if voice is not None else self._of_description(one)

    def _spoken_for(self, phrase: Span) -> int | None:
        """Return the subject for whom `a spokesman for X` or `X's lawyer` speaks."""
        at = bisect_left(self._mention_starts, phrase[0])
        while at < len(self._mentions) and self._mentions[at].end <= phrase[1]:
            mention = self._mentions[at]
            if _SPEAKS_FOR.search(self._content, phrase[0], mention.start) or _WHOSE_SPEAKER.match(
                self._content, mention.end, phrase[1]
            ):
                return mention.subject
            at += 1
        return None

    # Names

    def _join(self) -> None:
        """Give each name its full form: the longest that ends in it, of several the one named last before."""
        longer: dict[str, list[_Named]] = {}
        acronyms: dict[str, str] = {}
        texts = {one.text for one in self._all_names}
        for one in self._all_names:
            words = one.text.split()
            if len(words) > 1:
                longer.setdefault(words[-1], []).append(one)
                if acronym := _ACRONYM.match(self._content, one.end):
                    acronyms.setdefault(acronym[1], one.text)
        for one in self._all_names:
            words = one.text.split()
            rivals = longer.get(words[-1], []) if len(words) == 1 else []
            gender = _gender(one.titles)
            fitting = [r for r in rivals if gender is None or self._gender.get(r.text, gender) == gender]
            before = [r for r in fitting[:50] if r.start < one.start]
            full_form = before[-1] if before else fitting[0] if fitting else None
            text = full_form.text if full_form else acronyms.get(one.text, one.text)
            # `Republican Jane Doe` is Jane Doe where that stands in the text.
            shorter = " ".join(text.split()[-2:])
            one.whole = shorter if shorter in texts else text
            self._describe(one)

    def _describe(self, one: _Named) -> None:
        """Remember what the article calls a name: its titles, and the apposition after it."""
        descriptions = {_OF_TITLES.get(title, title) for title in one.titles}
        before = self._content[max(0, one.start - _BEFORE) : one.start]
        descriptions.update(_LOWER.findall(before.rsplit(",", 1)[-1].rsplit(".", 1)[-1])[-3:])
        if after := _DESCRIBED.match(self._content, one.end):
            descriptions.update(_LOWER.findall(after[1]))
        self._descriptions.setdefault(one.whole, set()).update(descriptions)
        gender = _gender(descriptions)
        if gender is not None:
            self._gender.setdefault(one.whole, gender)

    def _name_at(self, span: Span) -> _Named | None:
        at = bisect_right(self._starts, span[0]) - 1
        if at >= 0 and span[0] < self._all_names[at].end:
            return self._all_names[at]
        at = bisect_left(self._starts, span[0])
        if at < len(self._all_names) and self._all_names[at].start < span[1]:
            return self._all_names[at]
        return None

    def _subject_at(self, span: Span, phrase: int) -> int | None:
        """Return the subject that the noun at `span` mentions, at the head of a phrase that starts at `phrase`."""
        at = bisect_right(self._mention_starts, span[0]) - 1
        if at < 0 or span[0] >= self._mentions[at].end:
            return None
        mention = self._mentions[at]
        # `the rebels` are the subject's, `Northland rebels` somebody else's.
        if mention.generic and phrase < mention.start and self._name_at((phrase, mention.start)):
            return None
        return mention.subject

    # Pronouns and descriptions

    def _of_pronoun(self, text: str, position: int) -> Speaker:
        """Return whom a pronoun stands for: in its own sentence, or the one that the sentences before are about."""
        gender = _PRONOUNS[text]
        here = self._sentence(position)
        for sentence in range(here, max(-1, here - _SENTENCES_BACK), -1):
            centre = self._centres.get(sentence) if sentence < here else None
            if centre is not None and self._fits(centre.name, gender, spoke=True):
                return centre
            until = position if sentence == here else len(self._content)
            for name in self._in_sentence(sentence, until):
                if gender is not None and self._fits(name.whole, gender):
                    return Speaker(name.whole, self._subjects.get(name.whole))
        return NOBODY

    def _of_description(self, one: Attribution) -> Speaker:
        """Return whom `the spokesman` stands for: the last that the article has called one."""
        if one.speaker is None or not one.heads:
            return NOBODY
        noun = self._content[slice(*one.heads[0])].lower()
        definite = self._content[slice(*one.speaker)].lower().startswith("the ")
        if not definite or not (noun in PERSON_NOUNS or noun in TITLES):
            return NOBODY
        last = bisect_left(self._starts, one.speaker[0])
        for name in reversed(self._all_names[max(0, last - 200) : last]):
            if noun in self._descriptions.get(name.whole, ()) and self._is_somebody(name.whole):
                return Speaker(name.whole, self._subjects.get(name.whole))
        return NOBODY

    def _fits(self, name: str | None, gender: Gender | None, spoke: bool = False) -> bool:
        """True where a pronoun may stand for this name; one that `spoke` may be a person's by a single word."""
        if name is None:
            return False
        if gender is None:
            return not _is_person(name) or len(name.split()) < 2
        somebody = _is_person(name) if spoke else self._is_somebody(name)
        return somebody and self._gender.get(name, gender) == gender

    def _is_somebody(self, name: str) -> bool:
        """True for a name of two words or more that is no organisation's, and for one that has a title."""
        has_title = any(t in TITLES or t in _OF_TITLES for t in self._descriptions.get(name, ()))
        return _is_person(name) and (len(name.split()) > 1 or has_title)

    def _in_sentence(self, sentence: int, until: int) -> Iterator[_Named]:
        """Yield the names in a sentence that stand outside quotation marks, up to a place in the text."""
        start = self._sentences[sentence]
        end = self._sentences[sentence + 1] if sentence + 1 < len(self._sentences) else len(self._content)
        for at in range(bisect_left(self._starts, start), bisect_left(self._starts, min(end, until))):
            one = self._all_names[at]
            if not self._passage.within(one.start, one.end):
                yield one

    def _sentence(self, position: int) -> int:
        return bisect_right(self._sentences, position) - 1


def _gender(words: frozenset[str] | set[str]) -> Gender | None:
    """Return what titles and nouns say of somebody's gender; None where they say nothing, or both."""
    woman = any(w in _WOMEN or w.endswith("woman") for w in words)
    man = any(w in _MEN or (w.endswith("man") and not w.endswith(("woman", "human"))) for w in words)
    if woman == man:
        return None
    return "f" if woman else "m"


def _is_person(name: str) -> bool:
    words = name.lower().split()
    return (
        not any(w.rstrip(".") in _NO_PERSONS for w in words)
        and not {"of", "for"} & set(words)
        and not name.isupper()
    )


def _names(content: str) -> Iterator[_Named]:
    """Yield the names in a text: runs of capitalised words, without titles and function words before them."""
    for match in _NAME.finditer(content):
        parts = [(p.start() + match.start(), p.end() + match.start()) for p in _PART.finditer(match.group())]
        words = [content[a:b] for a, b in parts]
        bare = [_bare(word) for word in words]
        first = 0
        titles: set[str] = set()
        for at, word in enumerate(bare[:-1]):
            if word in TITLES or word in _OF_TITLES:
                titles.add(word)
                first = at + 1
        while first < len(words) and (bare[first] in _BEFORE_NAMES or bare[first].endswith("-based")):
            first += 1
        if first >= len(words) or (first == len(words) - 1 and bare[first] in TITLES):
            continue
        start, end = parts[first][0], parts[-1][1]
        text = content[start:end].replace("\u00a0", " ")
        possessive = re.search(r"['’]s?\Z", text)
        if possessive:
            text, end = text[: possessive.start()], start + possessive.start()
        text = text.rstrip(".") if not re.search(r"\b[A-Z]\.\Z|\b[JS]r\.\Z", text) else text
        if len(text) > 1:
            yield _Named(start, start + len(text), text, frozenset(titles))


def _bare(word: str) -> str:
    return word.lower().rstrip(".").removesuffix("'s").removesuffix("’s")
