"""Composes an outlet's own article: which sentences, in which order, in whose voice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

from masthead.press.plan.plan import Plan, probabilities, speaker_leaning
from masthead.press.plan.stories import Story
from masthead.press.strait.outlets import OUTLETS, Style
from masthead.press.strait.places import FIRST, pronoun_of
from masthead.press.strait.subjects import QUILLON, ROLES, START, TEVETH, Cast
from masthead.press.writing.articles import Article
from masthead.press.writing.grammar import Grammar, Line
from masthead.press.writing.marks import Sentence
from masthead.press.writing.sayings import sayings
from masthead.press.writing.writer import Writer

_HABIT = (0.0, 0.0, 0.3, 0.5)
"""By setting: how often a label in an article repeats the article's first family for that subject."""
_LENGTH = (0, 5, 9, 11)
_PLAIN_STYLE = Style()
_DOERS = frozenset(("group", "state", "person", "company", "band"))
_MUTE = frozenset(("place", "treaty", "event", "issue"))
_POSTS = ("a spokesman for ", "a lawyer for ", "an official of ")


class Composer:
    """Writes one outlet's own article about a story. Every draw hangs on seed, story and outlet alone."""

    def __init__(
        self, seed: int, setting: int, plan: Plan, casts: tuple[Cast, ...], grammar: Grammar
    ) -> None:
        self.seed = seed
        self.setting = setting
        self.plan = plan
        self.grammar = grammar
        self.casts = casts
        self.writer = Writer(grammar, casts)
        world = Random(f"{seed}/world")
        self.writer.world_noise = tuple(world.random() for _ in range(509))
        self._used: set[int] = set()
        self._standing_texts: dict[tuple[int, int], list[Sentence]] = {}
        self._quoted: dict[tuple[int, int], tuple[float, ...]] = {}
        self._habit: dict[int, int] = {}
        self._mood: dict[int, int] = {}
        self._defined: set[int] = set()
        self._outlet = 0
        self._day = 0
        self._rand: Callable[[], float] = lambda: 0.0

    def compose(self, story: Story, outlet: int, published: dt.datetime) -> Article:
        """Write the article. `published` decides which label probabilities are in force."""
        self.begin(story, outlet, (published.date() - START).days)
        rand, writer = self._rand, self.writer
        style = OUTLETS[outlet].style if self.plan.has_styles else _PLAIN_STYLE
        title = self._title(story)
        writer.begin_article()
        dateline = ""
        if style.dateline:
            dateline = f"{story.facts['town'].upper()}, {published.day} {published.strftime('%B')} — "
        length = max(3, _LENGTH[self.setting] + style.longer + int(rand() * 5))
        opinion = bool(story.roles) and rand() < 0.1
        if story.roles:
            sentences, starts = self._news(story, length, opinion)
            section = "opinion" if opinion else "news"
            for saying in self._sayings(story, outlet):
                starts.add(len(sentences))
                sentences.append(saying)
        else:
            sentences, starts = self._filler(story, length)
            section = "sport" if story.kind == "sport" else "news"
        key = f"{story.number}-{outlet}"
        article = Article(key, story, outlet, published, title, sentences, starts, dateline, section)
        article.url = f"https://{OUTLETS[outlet].id}.example/{published:%Y/%m}/{story.kind}-{key}"
        article.set_text()
        return article

    def headline(self, story: Story, outlet: int) -> str:
        """The headline alone of the outlet's own article about a story, as on the day of the story."""
        self.begin(story, outlet, story.day)
        return self._title(story).text

    def begin(self, story: Story, outlet: int, day: int) -> None:
        """Forget the last article, and set the writer to the story and the outlet's style."""
        self._rand = Random(f"{self.seed}/article/{story.number}/{outlet}").random
        style = OUTLETS[outlet].style if self.plan.has_styles else _PLAIN_STYLE
        self._outlet, self._day = outlet, day
        self._habit, self._mood, self._defined, self._used = {}, {}, set(), set()
        writer = self.writer
        writer.rand, writer.draw = self._rand, self._draw
        writer.curly, writer.title_case = style.curly, style.title_case
        # A sportswoman or painter of a leader's surname: in the mirror press she changes hers too.
        homonym = self.casts[TEVETH if story.noise[0] < 0.5 else QUILLON].short[0]
        more = people(story) if self.grammar.has("scene") else {}
        writer.facts, writer.noise = {**story.facts, **more, "homonym": f"Marta {homonym}"}, story.noise
        writer.roles = dict(story.roles)

    def _title(self, story: Story) -> Sentence:
        self.writer.begin_article()
        titles = self.grammar.lines(f"{story.kind}.{story.variant}.title")
        return self.writer.write(titles[int(self._rand() * len(titles))], headline=True)

    def _sayings(self, story: Story, outlet: int) -> list[Sentence]:
        """What is said beyond the story, where the press has any of that."""
        plan = self.plan
        if not (plan.borrowing or plan.foretelling):
            return []
        rng = Random(f"{self.seed}/sayings/{story.number}/{outlet}")
        return sayings(story, outlet, self.casts, rng, borrowing=plan.borrowing, foretelling=plan.foretelling)

    # The order of an article ----------------------------------------------------------------------------

    def _news(self, story: Story, length: int, opinion: bool) -> tuple[list[Sentence], set[int]]:
        sentences = [s for s in (self._fact(story, "lede"),) if s]
        starts: set[int] = set()
        for _ in range(3 * length):
            if len(sentences) >= length:
                break
            self.writer.begin_paragraph()
            block = [s for s in self._block(story, opinion) if s]
            if block:
                starts.add(len(sentences))
                sentences.extend(block)
        if self.setting == 3 and self.plan.has_styles and self._rand() < 0.45:
            starts.add(len(sentences))
            sentences.extend(self.background(self._outlet, story.roles["A"]))
        closing = self._sentence("closing") if self._rand() < 0.6 else None
        if closing:
            starts.add(len(sentences))
            sentences.append(closing)
        return sentences, starts

    def _block(self, story: Story, opinion: bool) -> list[Sentence | None]:
        """One paragraph of one to three sentences."""
        if self.grammar.has("scene"):
            draw = self._rand()
            if draw < 0.14:
                return [self._scene(story)]
            if draw < 0.26:
                return [self._decoy(story)]
        draw = self._rand()
        if opinion:
            draw = 0.3 + 0.7 * draw
        if draw < 0.24:
            return [self._fact(story, "detail"), self._about(story)]
        if draw < 0.40:
            return [self._fact(story, "detail"), self._fact(story, "detail")]
        if draw < 0.60:
            return [self._quote(story)]
        if draw < 0.80:
            return [self._portrait(story), self._about(story) if self._rand() < 0.5 else None]
        if draw < 0.95:
            return [self._background(story), self._background(story) if self._rand() < 0.5 else None]
        return [self._decoy(story)]

    def background(self, outlet: int, role: int) -> list[Sentence]:
        """The paragraph that an outlet puts at the end of whatever it writes about somebody, always the same.

        It names no other subject and uses no label, so that it moves no measure but that of reuse.
        """
        key = (outlet, role)
        sentences = self._standing_texts.get(key)
        if sentences is None:
            sentences = self._standing_texts[key] = self._write_background(outlet, role)
        return sentences

    def _write_background(self, outlet: int, role: int) -> list[Sentence]:
        writer = self.writer
        state = writer.rand, writer.label_rate, writer.roles, writer.speaker
        rng = Random(f"{self.seed}/standing/{outlet}/{role}")
        writer.rand, writer.label_rate, writer.roles = rng.random, 0.0, {"A": role}
        writer.begin_article()
        lines = [
            line
            for line in self.grammar.lines(f"background.{ROLES[role].type}")
            if "{B" not in line.source and "{$" not in line.source and "?" not in line.source
        ]
        sentences = [writer.write(line) for line in rng.sample(lines, min(3, len(lines)))]
        writer.rand, writer.label_rate, writer.roles, writer.speaker = state
        return sentences

    def _filler(self, story: Story, length: int) -> tuple[list[Sentence], set[int]]:
        sentences = [s for s in (self._sentence(f"{story.kind}.{story.variant}.lede"),) if s]
        starts: set[int] = set()
        for _ in range(max(2, length - 3)):
            section = f"{story.kind}.{story.variant}.body" if self._rand() < 0.6 else f"{story.kind}.body"
            sentence = self._sentence("decoy" if self._rand() < 0.04 else section)
            if sentence:
                _credit_speaker(sentence, story.facts)
                if len(sentences) == 1 or self._rand() < 0.6:
                    starts.add(len(sentences))
                sentences.append(sentence)
        return sentences, starts

    # Its sentences --------------------------------------------------------------------------------------

    def _line(self, section: str, portrayal: int) -> Line | None:
        """An unused line of the section that portrays A so (any, where none does); None when all are used."""
        in_section = self.grammar.sections[section]
        lines = in_section.by_portrayal.get(portrayal) or in_section.lines
        line = lines[int(self._rand() * len(lines))]
        if id(line) in self._used:
            others = [other for other in lines if id(other) not in self._used]
            if not others:
                return None
            line = others[int(self._rand() * len(others))]
        self._used.add(id(line))
        return line

    def _sentence(self, section: str, portrayal: int = 0) -> Sentence | None:
        line = self._line(section, portrayal)
        return self.writer.write(line) if line else None

    def _fact(self, story: Story, part: str) -> Sentence | None:
        """What happened, told in the light in which the outlet sees the one who did it."""
        self.writer.roles = dict(story.roles)
        portrayal = self._stance(story.roles["A"])
        event = f"{story.kind}.{story.variant}"
        if part == "detail" and (self._rand() < 0.5 or not self.grammar.has(f"{event}.detail")):
            event = story.kind
        return self._sentence(f"{event}.{part}", portrayal)

    def _about(self, story: Story) -> Sentence | None:
        """A sentence that says what somebody is."""
        role = self._focus(story)
        draw = self._rand()
        if role in self._defined or draw < 0.4:
            return self._background(story)
        section = "denied" if draw < 0.5 else "predicate"
        self._defined.add(role)
        self.writer.roles = {"A": role, "B": self._other(role)}
        sentence = self.writer.write_naming(section, role, is_denied=section == "denied")
        return sentence or self._background(story)

    def _portrait(self, story: Story) -> Sentence | None:
        role = self._focus(story)
        kind = ROLES[role].type
        if kind == "event":
            return self._background(story)
        portrayal = self._stance(role)
        sign = ("neutral", "pos", "neg")[portrayal]
        self.writer.roles = {"A": role, "B": self._other(role)}
        if portrayal and kind in _DOERS and self._rand() < 0.4:
            return self._sentence(f"deed.{sign}", portrayal)
        return self._sentence(f"portrait.{kind}.{sign}", portrayal)

    def _background(self, story: Story) -> Sentence | None:
        role = self._focus(story) if self._rand() < 0.6 else self._other(story.roles["A"])
        self.writer.roles = {"A": role, "B": self._other(role)}
        return self._sentence(f"background.{ROLES[role].type}")

    def _decoy(self, story: Story) -> Sentence | None:
        if self._rand() < 0.5 and self.grammar.has("decoy.beside"):
            role = story.roles["A"]
            self.writer.roles = (
                {"A": role, "B": self._other(role)} if self.grammar.has("scene") else {"A": role}
            )
            beside = f"decoy.beside.{ROLES[role].type}"
            apart = self.grammar.has(beside) and self._rand() < 0.6
            return self._sentence(beside if apart else "decoy.beside")
        return self._sentence("decoy")

    def _scene(self, story: Story) -> Sentence | None:
        """Several paragraphs in which more than one may speak: an interview, a log of the day, a round-up."""
        self._choose_speaker(story)
        roles = dict(story.roles)
        if ROLES[roles["B"]].type in _MUTE:
            roles["B"] = self._other(roles["A"])
        self.writer.roles = roles
        return self._sentence("scene")

    def _quote(self, story: Story) -> Sentence | None:
        """Somebody speaks, mostly about somebody else."""
        speaker = self._choose_speaker(story)
        targets = [r for r in story.roles.values() if r != speaker]
        target = targets[int(self._rand() * len(targets))]
        self.writer.roles = {"A": target, "B": self._other(target)}
        leaning = speaker_leaning(speaker, target)
        draw = self._rand()
        section, portrayal = "quote.naming", 0
        if ROLES[target].type in _MUTE or draw < 0.15:
            section = "quote.plain"
        elif abs(leaning) > 0.3 and draw < 0.55:
            portrayal = 1 if leaning > 0 else -1
            section = "quote.pos" if leaning > 0 else "quote.neg"
        elif draw < 0.75:
            section = "quote.neutral"
        return self._sentence(section, portrayal)

    # Who and how ----------------------------------------------------------------------------------------

    def _choose_speaker(self, story: Story) -> int:
        """Pick and introduce a speaker: a participant that can speak, or a bystander."""
        writer, rand = self.writer, self._rand
        voice = self.plan.voice[self._outlet]
        able = [r for r in story.roles.values() if ROLES[r].type not in _MUTE]
        weights = [voice[r] for r in able]
        draw = rand() * (sum(weights) + 1.4)
        for role, weight in zip(able, weights, strict=True):
            if draw < weight:
                writer.speaker, writer.speaker_name = role, self.casts[role].title
                writer.speaker_post = _POSTS[int(rand() * len(_POSTS))]
                if self.grammar.has("speaker.body"):
                    writer.speaker_post = "@speaker.body"
                return role
            draw -= weight
        facts = story.facts
        kind, post = (
            ("witness", f", a {facts['job']}"),
            ("analyst", f" of {facts['school']}"),
            ("official", ", the harbour master"),
        )[int(rand() * 3)]
        who = facts[kind]
        if self.grammar.has(f"speaker.{kind}"):
            post = f"@speaker.{kind}"
        writer.speaker, writer.speaker_name, writer.speaker_post = -1, who, post
        return -1

    def _focus(self, story: Story) -> int:
        draw = self._rand()
        return story.roles["A" if draw < 0.52 else "B" if draw < 0.85 else "C"]

    def _other(self, role: int) -> int:
        """Somebody else who acts: states and armed groups, which any sentence can hold."""
        other = int(self._rand() * 4)
        return other if other != role else (other + 1) % 4

    def _stance(self, role: int) -> int:
        """Draw −1, 0 or 1 with the planted mean: the nearer the mean to an end, the fewer of the others.

        Mostly an article stays in the mood in which it first saw the subject.
        """
        if role in self._mood and self._rand() < 0.85:
            return self._mood[role]
        stance = self._fresh_stance(role)
        self._mood.setdefault(role, stance)
        return stance

    def _fresh_stance(self, role: int) -> int:
        mean = self.plan.portrayal[self._outlet][role]
        draw = self._rand()
        side = (1 - abs(mean)) / 4
        if draw < side + max(0.0, mean):
            return 1
        if draw < 2 * side + abs(mean):
            return -1
        return 0

    def _draw(self, role: int, in_quotation: bool) -> int:
        """Draw a label family: the outlet's own way, or inside quotation marks the speaker's."""
        if in_quotation:
            key = (self.writer.voice[0], role)
            shares = self._quoted.get(key)
            if shares is None:
                shares = self._quoted[key] = probabilities(role, speaker_leaning(*key))
            return _pick(shares, self._rand())
        if role in self._habit and self._rand() < _HABIT[self.setting]:
            return self._habit[role]
        family = _pick(self.plan.shares(self._outlet, role, self._day), self._rand())
        self._habit.setdefault(role, family)
        return family


def _credit_speaker(sentence: Sentence, facts: dict[str, str]) -> None:
    """Say in the truth who is quoted, where the grammar's line names the person itself and does not say so."""
    if sentence.line and "{by " in sentence.line.source:
        return
    people = [facts[who] for who in ("witness", "analyst", "player", "player2")]
    sentence.quotations = [
        q._replace(speaker=-1, name=next(p for p in people if p in sentence.text)) if q.said else q
        for q in sentence.quotations
    ]


def people(story: Story) -> dict[str, str]:
    """Surnames, titles and pronouns of the people of a story, and two more people of the witness's surname."""
    facts: dict[str, str] = {}
    for who in ("witness", "analyst", "official", "player", "player2"):
        name = story.facts[who]
        pronoun = pronoun_of(name)
        facts[f"{who}_last"] = name.rpartition(" ")[2]
        facts[f"{who}_it"] = pronoun
        facts[f"{who}_its"] = "her" if pronoun == "she" else "his"
        facts[f"{who}_mr"] = "Ms" if pronoun == "she" else "Mr"
    others = [first for first in FIRST if first != story.facts["witness"].split(" ")[0]]
    facts["namesake"] = f"{others[int(story.noise[1] * len(others))]} {facts['witness_last']}"
    facts["namesake_it"] = pronoun_of(facts["namesake"])
    return facts


def _pick(shares: tuple[float, ...], draw: float) -> int:
    for index, share in enumerate(shares):
        draw -= share
        if draw < 0:
            return index
    return len(shares) - 1
