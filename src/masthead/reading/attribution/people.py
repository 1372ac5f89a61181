"""Who is meant by a speaker's words: a name in full, a pronoun or `the spokesman` by whom it stands for.

Everything is taken from the article itself: there is no list of persons and none of given names. `She` is
not taken for somebody called Mr. or a spokesman in the article, but where it says nothing of a name, either may be.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from masthead.reading.attribution.attribution import Attribution
from masthead.reading.attribution.names import OF_TITLES, Gender, Named, gender_of, is_person, names
from masthead.reading.attribution.passages import Passage
from masthead.reading.lexicon import PERSON_NOUNS, TITLES
from masthead.reading.mentions.resolve import Mention
from masthead.reading.parsing.sentences import Span

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
_GENDERED = re.compile(r"\b(?:he|his|him|she|her)\b", re.IGNORECASE)
_BEFORE = 40
_SENTENCES_BACK = 5
_RIVALS = 20

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


def _are_one(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """True where two full names of one surname may be one person's: one goes into the other, or an initial fits."""
    shorter, longer = sorted((first, second), key=len)
    if shorter[0] in longer or set(shorter) <= set(longer):
        return True
    return any(word[0] == shorter[0][0] and "." in shorter[0] + word for word in longer[:-1])


class People:
    """The names in one article's text, and whom its speakers' words stand for.

    `mentions` are those of the study's subjects in the field. Ask in the order of the text: a pronoun may stand
    for whoever spoke last.
    """

    def __init__(self, passage: Passage, mentions: Sequence[Mention]) -> None:
        self._passage = passage
        self._content = passage.content
        self._all_names = list(names(passage.content))
        self._starts = [one.start for one in self._all_names]
        self._mentions = list(mentions)
        self._mention_starts = [m.start for m in self._mentions]
        self._full_forms: dict[int, set[tuple[str, ...]]] = {}
        for mention in self._mentions:
            form = tuple(self._content[mention.start : mention.end].split())
            if len(form) > 1:
                self._full_forms.setdefault(mention.subject, set()).add(form)
        self._sentences = [0, *(end.end() for end in _SENTENCE_END.finditer(passage.content))]
        self._gender: dict[str, Gender] = {}
        self._descriptions: dict[str, set[str]] = {}
        self._join()
        self._subjects: dict[str, int] = {}
        for one in self._all_names:
            subject = self._subject_at((one.end - 1, one.end), one.start)
            if subject is not None and one.whole:
                self._subjects.setdefault(one.whole, subject)
        self._centres: dict[int, Speaker] = {}
        self._learn_genders()

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
            who = self._of_pronoun(text, one.speaker[0])
            gender = _PRONOUNS[text]
            if who.name is not None and gender is not None:
                self._gender.setdefault(who.name, gender)
            return who
        voice = self._spoken_for(one.speaker)
        for head in one.heads:
            name = self._name_at(head)
            if name is not None and voice is not None:
                return Speaker(name.whole or None, voice)
            if name is not None and name.is_shared and not name.whole:
                return NOBODY
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
        longer: dict[str, list[Named]] = {}
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
            gender = gender_of(one.titles)
            fitting = [r for r in rivals if gender is None or self._gender.get(r.text, gender) == gender]
            before = [r for r in fitting[:50] if r.start < one.start]
            if len(words) == 1 and self._is_shared(before or fitting):
                one.is_shared = True
                before = [r for r in before if self._sentence(r.start) == self._sentence(one.start)]
                before = before if len({r.text for r in before}) == 1 else []
                one.whole = before[0].text if before else ""
                continue
            full_form = before[-1] if before else fitting[0] if fitting else None
            text = full_form.text if full_form else acronyms.get(one.text, one.text)
            # `Republican Jane Doe` is Jane Doe where that stands in the text.
            shorter = " ".join(text.split()[-2:])
            one.whole = shorter if shorter in texts else text
            self._describe(one)

    def _is_shared(self, rivals: Sequence[Named]) -> bool:
        """True where a surname may be that of several persons whom the article names in full."""
        full = {tuple(r.text.split()) for r in rivals if is_person(r.text)}
        return any(
            not _are_one(first, second) for first, second in itertools.combinations(sorted(full)[:_RIVALS], 2)
        )

    def _describe(self, one: Named) -> None:
        """Remember what the article calls a name: its titles, and the apposition after it."""
        descriptions = {OF_TITLES.get(title, title) for title in one.titles}
        before = self._content[max(0, one.start - _BEFORE) : one.start]
        descriptions.update(_LOWER.findall(before.rsplit(",", 1)[-1].rsplit(".", 1)[-1])[-3:])
        if after := _DESCRIBED.match(self._content, one.end):
            descriptions.update(_LOWER.findall(after[1]))
        self._descriptions.setdefault(one.whole, set()).update(descriptions)
        gender = gender_of(descriptions)
        if gender is not None:
            self._gender.setdefault(one.whole, gender)

    def _learn_genders(self) -> None:
        """Learn which pronouns fit a person: those after the name in sentences about nobody else, where they agree."""
        votes: dict[str, set[Gender]] = {}
        for match in _GENDERED.finditer(self._content):
            if self._passage.within(match.start(), match.end()):
                continue
            sentence = self._sentence(match.start())
            persons = {
                n.whole
                for n in itertools.islice(self._in_sentence(sentence, match.start()), _RIVALS)
                if self._is_somebody(n.whole)
            }
            if len(persons) == 1:
                gender = _PRONOUNS[match.group().lower()]
                votes.setdefault(persons.pop(), set()).update([gender] if gender else [])
        for name, genders in votes.items():
            if len(genders) == 1:
                self._gender.setdefault(name, next(iter(genders)))

    def _name_at(self, span: Span) -> Named | None:
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
        # `the rebels` are the subject's, `Northland rebels` and `Army of Conquest` somebody else's.
        if mention.generic:
            name = self._name_at((mention.start, mention.end))
            if name is not None and name.start + len(name.text) > mention.end:
                return None
            if phrase < mention.start and self._name_at((phrase, mention.start)):
                return None
        return None if self._is_namesake(mention) else mention.subject

    def _is_namesake(self, mention: Mention) -> bool:
        """True where a subject's surname stands in the full name of another person."""
        name = self._name_at((mention.start, mention.end))
        if name is None:
            return False
        forms = self._full_forms.get(mention.subject, set())
        full = name.text if " " in name.text else name.whole
        if name.is_shared and not full:
            return True
        if mention.end - mention.start >= len(full) or not is_person(full) or not forms:
            return False
        return not any(_are_one(tuple(full.split()), form) for form in forms)

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
            persons = [n.whole for n in self._in_sentence(sentence, until) if self._fits(n.whole, gender)]
            if gender is not None and persons:
                fitting = [name for name in persons if self._gender.get(name) == gender]
                choice = dict.fromkeys(fitting or persons)
                if len(choice) > 1:
                    return NOBODY
                name = next(iter(choice))
                return Speaker(name, self._subjects.get(name))
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
            return not is_person(name) or len(name.split()) < 2
        somebody = is_person(name) if spoke else self._is_somebody(name)
        return somebody and self._gender.get(name, gender) == gender

    def _is_somebody(self, name: str) -> bool:
        """True for a name of two words or more that is no organisation's, and for one that has a title."""
        has_title = any(t in TITLES or t in OF_TITLES for t in self._descriptions.get(name, ()))
        return is_person(name) and (len(name.split()) > 1 or has_title)

    def _in_sentence(self, sentence: int, until: int) -> Iterator[Named]:
        """Yield the names in a sentence that stand outside quotation marks, up to a place in the text."""
        start = self._sentences[sentence]
        end = self._sentences[sentence + 1] if sentence + 1 < len(self._sentences) else len(self._content)
        for at in range(bisect_left(self._starts, start), bisect_left(self._starts, min(end, until))):
            one = self._all_names[at]
            if not self._passage.within(one.start, one.end):
                yield one

    def _sentence(self, position: int) -> int:
        return bisect_right(self._sentences, position) - 1
