"""Speakers without a verb: turns of an interview, names behind a dash or before a colon, posts with their writer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from masthead.reading.attribution.attribution import Attribution
from masthead.reading.attribution.cues import NO_NAMES
from masthead.reading.attribution.forms import speaking_forms
from masthead.reading.attribution.names import Named, is_person, names
from masthead.reading.attribution.passages import Passage
from masthead.reading.lexicon import FUNCTION_WORDS
from masthead.reading.parsing.sentences import Span

_LABEL = re.compile(
    r"\s*((?:[^\W\d_a-z][\w.’'-]*[ \u00a0]){0,4}[^\W\d_a-z][\w.’'-]*)"
    r"(,[ \u00a0][^:\n“”\"]{2,60})?([ \u00a0]\([^)\n]{1,40}\))?(:)\s+(?=\S)"
)
_SIGNATURE = re.compile(r"\s*(?:[-–—―]{1,2}|:)[ \u00a0]*(?=[^\W\d_a-z])([^\n]{3,90}?)[.\s]*\Z")
_POST = re.compile(
    r"(?:[-–—―]{1,2}|&mdash;)[ \u00a0]?([^\W\d_a-z][^\n()@:]{1,50}?)[ \u00a0]\((@\w+)\)(?:[ \u00a0][A-Z0-9]|\s*\Z)"
)
_LOST_SPACE = re.compile(r"([a-z]+)[ \u00a0]([^\W\d_a-z][^\n,;:“”\"]{1,60})")
_LEAD = re.compile(r"(?:^[^\S\n]*|[.!?”\"»]\s+)([^.!?:“”\"»\n]{3,90}:)\s*\Z", re.MULTILINE)
_NAME_LINE = re.compile(
    r"((?:[^\W\d_a-z][\w.’'-]*[ \u00a0]){1,4}[^\W\d_a-z][\w’'-]*),[ \u00a0]([a-z][^.:!?]{2,60})"
)
_SENTENCE = re.compile(r"[^\W\d_a-z][^\n]*[.!?…]\s*\Z")
_FROM = re.compile(r"\b(?:from|by|of)[ \u00a0](?:the[ \u00a0])?(?:[\w.]+[ \u00a0])?\Z")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_FEWEST_WORDS = 4
_LONGEST_LEAD = 200
_FAR = 5000
_SIGNATURE_WORDS = 12
_NAME_WORDS = range(2, 5)


def turns(passage: Passage) -> list[Attribution]:
    """Return what stands after `NAME:` or `Name, office:` at the start of a paragraph.

    Headings (`Analysis:`) are no names. A single word counts where it is written in capitals, comes again, or ends
    a name of the text; a few words in capitals always do. Answers of fewer than four words count among turns.
    """
    labels = {
        number: match
        for number, (start, end) in enumerate(passage.paragraphs)
        if (match := _LABEL.match(passage.content, start, end)) and not _is_heading(match[1])
    }
    if not labels:
        return []
    texts = Counter(match[1] for match in labels.values())
    counts = Counter(one.text.split()[-1].lower() for one in names(passage.content))
    surnames = {word for word, count in counts.items() if count > 1}
    capitals = sum(len(label) > 1 and label.isupper() for label in texts)
    speaking = {
        number: match
        for number, match in labels.items()
        if _speaks(passage, number, match, texts, surnames, capitals)
    }
    return [
        attribution
        for number, match in speaking.items()
        if (attribution := _turn(passage, number, match, len(speaking))) is not None
    ]


def _is_heading(label: str) -> bool:
    all_words = label.lower().split()
    return all_words[0] in FUNCTION_WORDS or not NO_NAMES.isdisjoint(all_words)


def _speaks(
    passage: Passage,
    number: int,
    match: re.Match[str],
    texts: Counter[str],
    surnames: set[str],
    capitals: int,
) -> bool:
    label, office, aside = match[1], match[2], match[3]
    if office is not None and not speaking_forms().isdisjoint(_WORD.findall(office.lower())):
        return False
    if len(label) == 1:
        return True
    words_of_label = label.lower().split()
    is_known = words_of_label[-1] in surnames and is_person(label.title())
    if label.isupper():
        return is_known or capitals > 1 or texts[label] > 1 or len(words_of_label) in _NAME_WORDS
    if len(words_of_label) == 1:
        return is_known or texts[label] > 1
    is_quoted = any(
        passage.quotations[n][0] == match.end() for n in passage.within(match.end(), match.end() + 1)
    )
    is_sentence = _SENTENCE.match(passage.content, match.end(), passage.paragraphs[number][1]) is not None
    return is_person(label) and (
        is_quoted or texts[label] > 1 or bool(office or aside) or is_known or is_sentence
    )


def _turn(passage: Passage, number: int, match: re.Match[str], count: int) -> Attribution | None:
    start, end = passage.paragraphs[number]
    span = match.end(), start + len(passage.content[start:end].rstrip())
    spans = [passage.quotations[n] for n in passage.within(*span)]
    if not spans or spans[0][0] != span[0]:
        spans = [span]
        if count < 2 and len(passage.content[slice(*span)].split()) < _FEWEST_WORDS:
            return None
    name = match.span(1) if len(match[1]) > 1 else None
    heads = [] if name is None else [name]
    return Attribution(number, spans, "said", match.span(4), name, heads, from_parse=False)


def signatures(passage: Passage) -> Iterator[tuple[int, Attribution]]:
    """Yield each quotation, by its place, that a name behind a dash signs: `“…” — Jane Doe`, or in the next line."""
    starts = {start: number for number, (start, _) in enumerate(passage.paragraphs)}
    for number, (start, end) in enumerate(passage.paragraphs):
        for place in passage.within(start, end):
            if (attribution := _after_lost_space(passage, number, passage.quotations[place])) is not None:
                yield place, attribution
        for place in reversed(passage.within(start, end)):
            quotation = passage.quotations[place]
            line = quotation[1], end
            if not passage.content[slice(*line)].strip():
                line = passage.paragraphs[number + 1] if number + 1 < len(starts) else line
            phrase = _signature(passage.content, line)
            if phrase is not None:
                speaker, head = phrase
                yield place, Attribution(number, [quotation], "said", None, speaker, [head], from_parse=False)
            break


def _after_lost_space(passage: Passage, paragraph: int, quotation: Span) -> Attribution | None:
    """Return whom a verb gives a quotation to that has lost the space after it: `“We will rebuild,”said Jane Doe`."""
    match = _LOST_SPACE.match(passage.content, quotation[1])
    if match is None or match[1] not in speaking_forms():
        return None
    name = next(iter(_names_in(passage.content, match.span(2))), None)
    if name is None:
        return None
    span = name.start, name.end
    return Attribution(paragraph, [quotation], "said", match.span(1), span, [span], from_parse=False)


def _signature(content: str, line: Span) -> tuple[Span, Span] | None:
    match = _SIGNATURE.match(content, *line)
    if match is None or len(match[1].split()) > _SIGNATURE_WORDS:
        return None
    if not speaking_forms().isdisjoint(_WORD.findall(match[1].lower())):
        return None
    first = next(iter(_names_in(content, match.span(1))), None)
    return None if first is None else ((match.start(1), first.end), (first.start, first.end))


def posts(passage: Passage) -> Iterator[Attribution]:
    """Yield posts set into the text, each with its writer: `Text of it — Jane Doe (@jane) March 1, 2021`."""
    for number, (start, end) in enumerate(passage.paragraphs):
        begin, owner = start, number
        for match in _POST.finditer(passage.content, start, end):
            if not passage.content[begin : match.start()].strip() and begin == start and number:
                begin, owner = passage.paragraphs[number - 1][0], number - 1
            text = passage.content[begin : match.start()]
            span = begin + len(text) - len(text.lstrip()), begin + len(text.rstrip())
            if len(text.split()) > 1:
                name = match.span(1)
                yield Attribution(owner, [span], "said", None, name, [name], from_parse=False)
            begin = end


def leading(passage: Passage, quotation: Span, paragraph: int) -> Span | None:
    """Return the name that leads to a quotation: before a colon in its line or the one before, or on a line of its own.

    `From the office of Jane Doe, leader of the opposition:` names Jane Doe; a line of two names names nobody.
    """
    content = passage.content
    start = passage.paragraphs[paragraph][0]
    line = max(start, quotation[0] - 2 * _LONGEST_LEAD), quotation[0]
    if not content[slice(*line)].strip():
        if not paragraph:
            return None
        line = passage.paragraphs[paragraph - 1]
        if (name := _name_line(content, line)) is not None:
            return name
    elif (lead := _LEAD.search(content, *line)) is not None:
        line = lead.span(1)
    text = content[slice(*line)].rstrip()
    if not content[line[0] : quotation[0]].rstrip().endswith(":") or len(text) > _LONGEST_LEAD:
        return None
    all_names = [one for one in _names_in(content, line) if is_person(one.text)]
    if (
        len(all_names) > 1
        and " " not in all_names[0].text
        and not content[line[0] : all_names[0].start].strip()
    ):
        all_names = all_names[1:]  # the capital of the line's first word, as in `Harbour master Jane Doe:`
    if len(all_names) > 1:
        all_names = [one for one in all_names if _FROM.search(content, line[0], one.start)]
    if len(all_names) != 1 or _is_heading(all_names[0].text):
        return None
    length = len(all_names[0].text.split())
    before = content[max(0, line[0] - _FAR) : line[0]]
    is_surname = length == 1 and re.search(
        rf"[A-Z][\w.’'-]*[ \u00a0]{re.escape(all_names[0].text)}\b", before
    )
    if length not in _NAME_WORDS and not is_surname:
        return None
    return all_names[0].start, all_names[0].end


def _name_line(content: str, line: Span) -> Span | None:
    """Return the name that is all of a line, with its office: `Jane Doe, harbour master`."""
    match = _NAME_LINE.fullmatch(content[slice(*line)].strip())
    all_names = _names_in(content, line) if match else []
    if not match or not all_names or " " not in all_names[0].text or not is_person(all_names[0].text):
        return None
    if not speaking_forms().isdisjoint(match[2].split()):
        return None
    return all_names[0].start, all_names[0].end


def _names_in(content: str, span: Span) -> list[Named]:
    piece = content[slice(*span)]
    return [Named(one.start + span[0], one.end + span[0], one.text, one.titles) for one in names(piece)]
