"""The titles that an archive gives to the people of a gold file, and for which side of a change each speaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from benchmarks.offices.gold_file import GoldChanges
from benchmarks.offices.titles import Said, Tense, Title, TitleReader, Words, head, spellings
from masthead.archive import Archive
from masthead.reading.mentions.mentions import MentionStore
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.reading.mentions.resolve import resolve
from masthead.study import Alias, Study, Subject

Progress = Callable[[str, int, int], None]

Side = int
"""0 before, 1 after."""

Sides = dict[Said, Side]
"""For which side each title speaks."""

Given = dict[str, list[tuple[int, Said]]]
"""The titles given to each person, each with the day (an ordinal) of its article."""


def title_sides(before: Sequence[str], after: Sequence[str]) -> Sides:
    """Return which side each title speaks for.

    - a title of `before` for before, a title of `after` for after, in any of its spellings;
    - a title of `before` that is over (`former senator`, for who was a senator before) for after;
    - a title of `after` to come (`attorney general nominee`, for who was to be that) for before;
    - the bare head of a title (`Secretary Doe`, for a secretary of state) for its side, where the other side has no
      other office of that head.

    All else is left out, a title of `after` that is over too: some offices are held twice.
    """
    titles = [(Title.of(text), side) for side, texts in enumerate((before, after)) for text in texts]
    sides: Sides = {}
    for title, side in titles:
        for office in spellings(title.office) or {()}:
            sides.setdefault(Said(office, title.tense), side)
    for title, side in titles:
        bare = head(title.office)
        if bare and not any(_rivals(title.office, other.office, bare[0]) for other, _ in titles):
            sides.setdefault(Said(bare, title.tense), side)
    implied: dict[Side, tuple[Tense, Side]] = {0: ("was", 1), 1: ("will", 0)}
    for said, side in list(sides.items()):
        if said.tense == "is":
            tense, other = implied[side]
            sides.setdefault(Said(said.office, tense), other)
    return sides


def _rivals(office: Words, other: Words, bare: str) -> bool:
    """True where the bare word may mean the other office too; `justice` and `supreme court justice` are one."""
    if bare not in (*other[-1:], *(head(other) or ())):
        return False
    shorter, longer = sorted((office, other), key=len)
    return longer[-len(shorter) :] != shorter or (shorter != longer and head(longer) is None)


def titles_given(
    gold: GoldChanges, offices: Iterable[Words], archive: Archive, progress: Progress | None
) -> tuple[Given, int, int]:
    """Return each person's titles of these offices with their days, the mentions read, and the articles without a date.

    Undated articles are not read. Matches of the aliases are kept in the archive.
    """
    people = list(gold.aliases)
    subjects = [
        Subject(
            id=f"p{i}", kind="actor", person=True, aliases=tuple(Alias(text=a) for a in gold.aliases[who])
        )
        for i, who in enumerate(people)
    ]
    patterns = StudyPatterns(Study(archive=archive.name, subject=tuple(subjects)))
    reader = TitleReader(offices)
    given: Given = defaultdict(list)
    mentions = undated = 0
    parts = archive.parts()
    with archive.writer_lock():
        store = MentionStore(archive.path / "readings", patterns.patterns)
        for done, part in enumerate(parts):
            if progress:
                progress("articles", done, len(parts))
            articles = part.read(["article_id", "title", "text", "published"])
            titles, texts, days = (articles[name].to_pylist() for name in ("title", "text", "published"))
            undated += sum(day is None for day in days)
            for matches in store.matches(part.hash, articles):
                row = matches[0].row
                if days[row] is None:
                    continue
                for mention in resolve(matches, patterns):
                    mentions += 1
                    field = titles[row] if mention.in_title else texts[row]
                    if said := reader.read(field, mention.start, mention.end):
                        given[people[mention.subject]].append((days[row].toordinal(), said))
        if progress:
            progress("articles", len(parts), len(parts))
    return given, mentions, undated
