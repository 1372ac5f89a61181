"""Writes one sentence at a time from the grammar, and keeps account of every mention, label and quotation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from masthead.press.strait.places import TOWNS, pronoun_of
from masthead.press.strait.subjects import ROLES, Cast, Word
from masthead.press.writing.grammar import Grammar, Line
from masthead.press.writing.marks import Label, Mark, Sentence
from masthead.press.writing.speech import Speech

Draw = Callable[[int, bool], int]
"""Given a role and whether the words are quoted, the index of the label family to use."""

NUMBERS: dict[str, tuple[str, ...]] = {
    "few": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    "many": tuple(f"{n * 50:,}" for n in range(3, 190)),
    "percent": tuple(str(n) for n in range(3, 41)),
    "amount": tuple(f"{n} million crowns" for n in range(3, 600, 4)),
    "town": TOWNS,
    "month": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ),
}  # fmt: skip
_PRONOUNS: dict[str, dict[str, str]] = {
    "it": {"it": "it", "its": "its", "them": "it", "self": "itself"},
    "they": {"it": "they", "its": "their", "them": "them", "self": "themselves"},
    "he": {"it": "he", "its": "his", "them": "him", "self": "himself"},
    "she": {"it": "she", "its": "her", "them": "her", "self": "herself"},
}


class Writer(Speech):
    """Writes sentences in one outlet's style about one story, with truth kept as it goes.

    Set `roles` (participants by slot), `facts`, `speaker` and the style before a sentence; call `write`. The
    same writer serves article after article: `begin_article` forgets who has been introduced.
    """

    def __init__(self, grammar: Grammar, casts: tuple[Cast, ...]) -> None:
        super().__init__()
        self.grammar = grammar
        self.casts = casts
        self.rand: Callable[[], float] = lambda: 0.0
        self.draw: Draw = lambda _role, _in_quotation: 0
        self.roles: dict[str, int] = {}
        self.noise: Sequence[float] = (0.0,)
        self.world_noise: Sequence[float] = (0.0,)
        self.label_rate = 0.5
        self.begin_article()
        self._begin_sentence()

    def begin_article(self) -> None:
        """Forget which full names have stood already."""
        self._introduced: set[int] = set()
        self._met: set[str] = set()
        self.begin_paragraph()

    def begin_paragraph(self) -> None:
        """Forget whom the last sentence was about: no pronoun reaches over a paragraph's edge."""
        self._follows = (-1, "")

    def _begin_sentence(self, *, headline: bool = False) -> None:
        self._begin_page(headline=headline)
        self._begin_speech()
        self._marks: list[Mark] = []
        self._numbers: dict[str, bool] = {}
        self._pronoun_of: dict[str, str] = {}
        self._plural = False
        self._plain_slot = ""
        self._head_end = 0
        self._tail_start = -1
        self._focus = -1
        self._word = Word("")
        self._family = 0
        self._kind = ""
        self._labels: list[Label] = []
        self._name_span = (-1, -1)

    def write(self, line: Line, *, headline: bool = False) -> Sentence:
        """Write one sentence, or a headline (no article before names, title case where asked)."""
        self._begin_sentence(headline=headline)
        if line.portrayals:
            self._plain_slot = "".join(slot for slot, _ in line.portrayals)
        for op in line.ops:
            op(self)
        return self._finish(line)

    def write_naming(self, section: str, role: int, *, is_denied: bool = False) -> Sentence | None:
        """Write a sentence whose whole point is what to call the role, or to deny that it is (the first,
        hostile family). None where the section has no line for the label drawn."""
        families = ROLES[role].families
        family = 0 if is_denied else self.draw(role, False)
        words = families[family].words
        word = words[int(self.rand() * len(words))]
        name = f"{section}.{ROLES[role].type}"
        lines = (
            self.grammar.fitting(name, word.shapes | self._adjective(role)) if self.grammar.has(name) else ()
        )
        if not lines:
            return None
        line = lines[int(self.rand() * len(lines))]
        self._begin_sentence()
        self._focus, self._word, self._family, self._kind = role, word, family, line.kind
        for op in line.ops:
            op(self)
        self._mark_focus()
        return self._finish(line)

    def _finish(self, line: Line) -> Sentence:
        marks = self._with_portrayals(line) if self._marks else []
        leads = (
            marks
            and marks[0].start < 5
            and not marks[0].in_quotation
            and self.roles.get("A") == marks[0].role
        )
        self._follows = (marks[0].role, self._pronoun_of.get("A", "")) if leads else (-1, "")
        sentence = Sentence(self.text, marks, self._quotations, line, self._head_end, self._tail_start)
        sentence.attributions = self._attributions
        return sentence

    def _with_portrayals(self, line: Line) -> list[Mark]:
        """A clause that portrays says so for its participant; elsewhere a loaded label is the portrayal."""
        signs = {self.roles.get(slot, -1): value for slot, value in line.portrayals}
        marks = []
        for mark in self._marks:
            value = signs.get(mark.role, 0)
            if not value:
                families = ROLES[mark.role].families
                for label in mark.labels:
                    if not label.is_denied:
                        value = families[label.family].valence
            marks.append(mark._replace(portrayal=value) if value else mark)
        return marks

    # What the grammar's slots call ----------------------------------------------------------------------

    def fact(self, key: str) -> None:
        """Write a fact of the story."""
        self.put(self.facts[key])

    def number(self, what: str, place: int, world: bool) -> None:
        """Write a number or month that hangs on the place in the grammar and the story, or the world."""
        noise = self.world_noise if world else self.noise
        index = place + 31 * self.roles.get("A", 0) if world else place
        choices = NUMBERS[what]
        self.put(choices[int(noise[index % len(noise)] * len(choices))])

    def rule(self, name: str) -> None:
        """Write one alternative of a section."""
        lines = self.grammar.sections[name].lines
        for op in lines[int(self.rand() * len(lines))].ops:
            op(self)

    def maybe(self, before: str, name: str, after: str) -> None:
        """Write one alternative of a section, in two cases of five."""
        if self.rand() < 0.4:
            if name == "tail" and self._tail_start < 0 and self._quote_start < 0:
                self._tail_start = self._at
            if before:
                self.put(before)
            self.rule(name)
            if after:
                self.put(after)
            if name == "opener":
                self._head_end = self._at

    def agree(self, slot: str, one: str, many: str) -> None:
        """Write the form that agrees with the participant, or with whoever was named last."""
        self.put(many if (self._numbers[slot] if slot else self._plural) else one)

    def pronoun(self, slot: str, what: str) -> None:
        """Write a pronoun for a participant; `it` also settles the number that verbs agree with."""
        kind = self._speaker_pronoun() if slot == "S" else self._pronoun_of.get(slot)
        kind = kind or self.casts[self.roles[slot]].pronoun
        self.put(_PRONOUNS[kind][what])
        self._plural = self._numbers.setdefault(slot, kind == "they")
        if what == "it" and kind == "they":
            self._plural = True

    def let_speak(self, who: str) -> None:
        """Let somebody else speak for the rest of the sentence: a participant, a person of the story, nobody named."""
        if who in self.roles:
            role = self.roles[who]
            self.voice = role, self.casts[role].title
        elif who == "S":
            self.voice = self.speaker, self.speaker_name
        else:
            self.voice = -1, self.facts[who[1:]] if who != "-" else ""

    # Naming ---------------------------------------------------------------------------------------------

    def name(self, slot: str) -> None:
        """Name a participant: with a label at the label rate, unless the sentence portrays it."""
        if slot == "S":
            self._name_speaker()
            return
        role = self.roles[slot]
        if self._may_be_pronoun(slot, role):
            return
        if ROLES[role].type == "event":
            self._event(slot, role)
            return
        if slot in self._plain_slot or self.rand() >= self.label_rate:
            self.plain(slot)
            return
        state = (self._focus, self._word, self._family, self._kind, self._labels, self._name_span)
        family = self.draw(role, self._quote_start >= 0)
        words = ROLES[role].families[family].words
        word = words[int(self.rand() * len(words))]
        section = ("np.title." if self._headline else "np.") + ROLES[role].type
        lines = self.grammar.fitting(section, word.shapes | self._adjective(role))
        line = lines[int(self.rand() * len(lines))]
        self._focus, self._word, self._family, self._kind = role, word, family, line.kind
        self._labels, self._name_span = [], (-1, -1)
        for op in line.ops:
            op(self)
        self._mark_focus()
        self._remember_number(slot, role, line.number)
        self._focus, self._word, self._family, self._kind, self._labels, self._name_span = state

    def _may_be_pronoun(self, slot: str, role: int) -> bool:
        """At the head of a sentence about whom the last one was about, a pronoun may do."""
        follows, pronoun = self._follows
        if self._at or slot != "A" or follows != role or not pronoun or self._plain_slot:
            return False
        if self.rand() >= 0.4:
            return False
        self._pronoun_of[slot] = pronoun
        self._plural = self._numbers[slot] = pronoun == "they"
        self.put(_PRONOUNS[pronoun]["it"])
        return True

    def _name_speaker(self) -> None:
        """Name who speaks: a subject by itself or through a spokesman, or somebody who is no subject."""
        if self.speaker < 0:
            first = self.speaker_name not in self._met
            self._met.add(self.speaker_name)
            if first and self.speaker_post.startswith("@"):
                self.rule(self.speaker_post[1:])
                self._plural = False
                return
            self.put(self.speaker_name if first else self.speaker_name.rpartition(" ")[2])
            if first and self.speaker_post:
                self.put(self.speaker_post)
                if self.speaker_post.startswith(","):
                    self.comma()
            self._plural = False
            return
        self.roles["S"] = self.speaker
        if self.speaker_post.startswith("@"):
            self.rule(self.speaker_post[1:] if ROLES[self.speaker].type != "person" else "speaker.person")
        else:
            if ROLES[self.speaker].type != "person":
                self.put(self.speaker_post)
            self.plain("S")
        self._plural = False

    def _speaker_pronoun(self) -> str:
        """He or she, for the speaker chosen; whoever speaks for a body is a he."""
        if self.speaker < 0:
            return pronoun_of(self.speaker_name)
        return self.casts[self.speaker].pronoun if ROLES[self.speaker].type == "person" else "he"

    def _adjective(self, role: int) -> frozenset[str]:
        return frozenset(("adj",)) if self.casts[role].adjective else frozenset()

    def _mark_focus(self) -> None:
        """Close the naming phrase: one mention with its labels."""
        start, end = self._name_span
        generic = False
        if start < 0:
            first = self._labels[0]
            start, end, generic = first.start, first.end, True
        self._marks.append(
            Mark(self._focus, start, end, generic, self._quote_start >= 0, 0, tuple(self._labels))
        )

    def _remember_number(self, slot: str, role: int, number: str) -> None:
        cast = self.casts[role]
        plural = cast.plural if number == "N" else number == "P"
        self._plural = self._numbers[slot] = plural
        if cast.pronoun in ("he", "she"):
            self._pronoun_of[slot] = cast.pronoun
        else:
            self._pronoun_of[slot] = "they" if plural else "it"

    def focus_name(self, what: str) -> None:
        """Write the name of the subject in focus: bare, with its article, or its adjective."""
        cast = self.casts[self._focus]
        if what == "adj":
            start = self.put(cast.adjective)
            self._name_span = (start, start + len(cast.adjective))
            self._plural = cast.plural
            return
        if what == "the n" and cast.article:
            self.put("the ")
        alias = self._alias(self._focus)
        start = self.put(alias)
        self._name_span = (start, start + len(alias))
        self._plural = cast.plural

    def label(self, shape: str, is_denied: bool) -> None:
        """Write the label in one of its shapes."""
        word = self._word
        text = word.plural if shape == "ms" else word.modifier if shape == "m" else word.noun
        start = self.put(text)
        self._labels.append(Label(word.lemma, self._family, self._kind, start, start + len(text), is_denied))
        if shape == "ms":
            self._plural = True

    def plain(self, slot: str) -> None:
        """Name a participant by name alone."""
        role = self.roles[slot]
        if ROLES[role].type == "event":
            self._event(slot, role)
            return
        cast = self.casts[role]
        if cast.article and not self._headline:
            self.put("the ")
        alias = self._alias(role)
        start = self.put(alias)
        self._marks.append(Mark(role, start, start + len(alias), False, self._quote_start >= 0, 0, ()))
        self._remember_number(slot, role, "N")

    def possessive(self, slot: str) -> None:
        """Name a participant by name alone, as the owner of what follows."""
        self.plain(slot)
        self.put("'" if self._buffer[-1].endswith("s") else "'s")

    def _alias(self, role: int) -> str:
        """Pick one of the names; short ones and surnames only once the full name has stood."""
        cast = self.casts[role]
        if role not in self._introduced:
            self._introduced.add(role)
            return cast.names[0]
        draw = self.rand()
        if cast.short and draw < (0.75 if ROLES[role].type == "person" else 0.25):
            return cast.short[0]
        return cast.names[int(self.rand() * len(cast.names))]

    def _event(self, slot: str, role: int) -> None:
        """Name the event: its name always holds a label (`the fall of …`)."""
        family = self.draw(role, self._quote_start >= 0)
        words = ROLES[role].families[family].words
        word = words[int(self.rand() * len(words))]
        self.put("the ")
        start = self.put(word.noun)
        self.put(f" of {self.casts[role].names[0]}")
        label = Label(word.lemma, family, "family", start, start + len(word.noun), False)
        self._marks.append(Mark(role, start, self._at, False, self._quote_start >= 0, 0, (label,)))
        self._remember_number(slot, role, "S")
