"""The press itself: articles one story at a time, and the truth about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from masthead.errors import UsageError, nearest
from masthead.press.copies.wire import MANNERS, copy_sentences
from masthead.press.mess import MESS, MESSY, Mess, Page, kinds_of
from masthead.press.mirror import mirror_casts, swap_names
from masthead.press.plan.plan import AGENCY_INDEX, PLANTS, Copying, Plan, draw_plan
from masthead.press.plan.stories import Story, plan_story
from masthead.press.printing import write_articles
from masthead.press.strait.outlets import AGENCY, AGENCY_SIGN, OUTLETS
from masthead.press.strait.subjects import ROLES, START, Cast
from masthead.press.study_text import study_text
from masthead.press.tables import TruthTables
from masthead.press.truth import Truth
from masthead.press.writing.articles import LAST_MINUTE, Article
from masthead.press.writing.composer import Composer
from masthead.press.writing.grammar import FIRST, GRAMMARS, SETTINGS, load_grammar

BASE_RATE, ADVERSE_RATE, FILLER_RATE, AGENCY_RATE = 0.42, 0.62, 0.30, 0.75
_DAY_ONE = dt.datetime.combine(START, dt.time(), dt.UTC)


@dataclass(frozen=True)
class Runs:
    """A story and who runs it: outlet, when, and the draw that decides whether it copies; see `Coverage`."""

    story: Story
    runs: tuple[tuple[int, dt.datetime, float], ...]
    left_out: tuple[int, ...]
    lost: tuple[int, ...]


@dataclass(frozen=True)
class Coverage:
    """A story with the articles on it, who left it out on purpose, and whose article the archive lost."""

    story: Story
    articles: tuple[Article, ...]
    left_out: tuple[int, ...]
    lost: tuple[int, ...]


class Press:
    """A made-up press, ready to be printed. Made by `make`; nothing is written until it is asked for.

    The same seed gives the same bytes. A shorter press is the beginning of a longer one: article i hangs on
    its story alone, never on how many come after, and memory stays flat however many are asked for.
    """

    def __init__(
        self,
        *,
        seed: int,
        size: int,
        setting: str,
        plan: Plan,
        mirror: tuple[str, str] | None,
        mess: frozenset[str] = frozenset(),
        grammar: str = FIRST,
    ) -> None:
        settings = (*SETTINGS, MESSY)
        if setting not in settings:
            raise UsageError(
                f"the press has no setting '{setting}'",
                "easy, medium, hard or messy",
                nearest(setting, settings),
            )
        if grammar not in GRAMMARS:
            raise UsageError(
                f"the press has no grammar '{grammar}'", " or ".join(GRAMMARS), nearest(grammar, GRAMMARS)
            )
        self.seed = seed
        self.size = size
        self.grammar = grammar
        self.setting = setting
        self.plan = plan
        self.mirror = mirror
        self.mess = mess
        self.level = SETTINGS.index("medium" if setting == MESSY else setting) + 1
        self.casts = _casts(mirror)

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets' ids, which are also the values of `outlet` in the articles and in the study."""
        return tuple(outlet.id for outlet in OUTLETS)

    @property
    def subjects(self) -> tuple[str, ...]:
        """The subjects' ids, in the order of their roles."""
        return tuple(cast.id for cast in self.casts)

    def runs(self) -> Iterator[Runs]:
        """Yield who runs which story until the press has its number of articles, without writing any.

        A copy comes out somewhat later than is said here: after what it copies.
        """
        left = self.size
        number = 0
        while left > 0:
            runs = self._draw(number)
            runs = replace(runs, runs=runs.runs[:left])
            left -= len(runs.runs)
            number += 1
            yield runs

    def stories(self) -> Iterator[Coverage]:
        """Yield story after story until the press has its number of articles; the last may be cut short.

        The articles are clean, whatever mess is planted around them.
        """
        composer = self._composer()
        for runs in self.runs():
            yield self._write(runs, composer)

    def articles(self, *, mended: bool = False) -> Iterator[dict[str, str]]:
        """Yield the articles as mappings of text, as the outlets publish them, story after story.

        Keys: outlet, published (ISO 8601, UTC), title, text, url, section, language, credit, key. In a messy press an
        article may come more than once, and `published` is written as its outlet writes it; `mended` leaves out the
        damage to titles and texts, so that they are those to which the offsets of the truth refer.
        """
        mess = self._mess()
        for coverage in self.stories():
            for article in coverage.articles:
                if mess is None:
                    yield _row(article)
                    continue
                for page in mess.pages(article):
                    yield mess.row(page, mended=mended)

    def truth(self) -> Truth:
        """Go through the press once more and return what it planted and where it shows."""
        mess = self._mess()
        tables = TruthTables(self.plan, self.casts)
        for coverage in self.stories():
            pages: list[Page] = []
            if mess:
                pages = [page for article in coverage.articles for page in mess.pages(article)]
            tables.add(coverage.story, coverage.articles, coverage.left_out, coverage.lost, pages)
        return tables.build(mess.houses if mess else ())

    def _composer(self) -> Composer:
        return Composer(self.seed, self.level, self.plan, self.casts, load_grammar(self.level, self.grammar))

    def _mess(self) -> Mess | None:
        """The mess from the first article on, with a composer of its own for what stands around articles."""
        return Mess(self.seed, self.level, self.mess, self._composer()) if self.mess else None

    def study(self, archive: str = "press.archive") -> str:
        """The text of a study.toml that surveys this press; every id in it is the id in the truth."""
        allegiances = self.plan.allegiances
        return study_text(self.casts, archive=archive, factors=allegiances.factors if allegiances else None)

    def write(self, path: str | Path, progress: Callable[[int], None] | None = None) -> int:
        """Write the articles as JSONL, CSV or Parquet, as the suffix says, and return how many.

        `progress` is called with the number of articles written so far, now and then; in a messy press pages that
        repeat an article are among the number returned. Raises UsageError for another suffix.
        """
        return write_articles(self._with_progress(progress) if progress else self.articles(), Path(path))

    def _with_progress(self, progress: Callable[[int], None]) -> Iterator[dict[str, str]]:
        for count, article in enumerate(self.articles(), 1):
            yield article
            if count % 500 == 0 or count == self.size:
                progress(min(count, self.size))

    def swapped(self, text: str) -> str:
        """The text with the two mirrored actors' names swapped. Raises UsageError without a mirror."""
        if self.mirror is None:
            raise UsageError("this press is no mirror", "a press made with mirror=(a, b)", "name two actors")
        return swap_names(text, *self.mirror)

    # One story ------------------------------------------------------------------------------------------

    def _draw(self, number: int) -> Runs:
        """Draw who runs the story of this number, and when; nothing is written."""
        story = plan_story(self.seed, number, self.level)
        plan = self.plan
        rng = Random(f"{self.seed}/cover/{story.number}")
        hour = rng.randrange(240, 960)
        runs: list[tuple[int, dt.datetime, float]] = []
        left_out: list[int] = []
        lost: list[int] = []
        for outlet in range(len(OUTLETS)):
            draw, delay, late = rng.random(), rng.randrange(5, 420), rng.random()
            copy_seed = rng.random()
            rate = self.rate(story, outlet)
            if draw >= rate:
                continue
            if draw >= rate * (1 - self._silence(story, outlet)):
                left_out.append(outlet)
                continue
            if outlet == AGENCY_INDEX and plan.copying:
                delay, late = 0, 1.0
            published = self._when(story.day, hour + delay, late)
            if plan.in_gap(outlet, (published.date() - START).days):
                lost.append(outlet)
                continue
            runs.append((outlet, published, copy_seed))
        return Runs(story, tuple(runs), tuple(left_out), tuple(lost))

    def _write(self, runs: Runs, composer: Composer) -> Coverage:
        articles: dict[int, Article] = {}
        for outlet, published, copy_seed in runs.runs:
            copying = self._copying(outlet, articles, copy_seed)
            article = composer.compose(runs.story, outlet, published)
            if copying:
                _take_over(article, articles[copying.source], copying, self.seed, self.level)
            articles[outlet] = article
        return Coverage(runs.story, tuple(articles.values()), runs.left_out, runs.lost)

    def rate(self, story: Story, outlet: int) -> float:
        """The probability that the outlet of this number runs a story, its silences and gaps left aside."""
        rate = self._usual_rate(story, outlet)
        return self.plan.habits[outlet].rate(rate, story) if self.plan.habits else rate

    def _usual_rate(self, story: Story, outlet: int) -> float:
        if not story.roles:
            return FILLER_RATE
        if outlet == AGENCY_INDEX and self.plan.copying:
            return AGENCY_RATE
        rates = self.plan.attention[outlet]
        interest = (rates[story.roles["A"]] + rates[story.roles["B"]]) / 2
        return min(0.97, (ADVERSE_RATE if story.adverse else BASE_RATE) * interest)

    def _silence(self, story: Story, outlet: int) -> float:
        return max(
            (
                s.rate
                for s in self.plan.silences
                if s.outlet == outlet and s.concerns(story.roles, story.day, story.adverse)
            ),
            default=0.0,
        )

    def _when(self, day: int, minute: int, late: float) -> dt.datetime:
        """The same day, or in one case of eight the day after."""
        moment = _DAY_ONE + dt.timedelta(days=day + (late < 0.125), minutes=minute % 1440)
        return min(moment, LAST_MINUTE)

    def _copying(self, outlet: int, articles: dict[int, Article], draw: float) -> Copying | None:
        for copying in self.plan.copying:
            if copying.copier == outlet and copying.source in articles:
                return copying if draw < copying.rate else None
        return None


def make(
    *,
    seed: int = 1,
    articles: int = 2000,
    setting: str = "medium",
    null: bool = False,
    mirror: tuple[str, str] | None = None,
    plant: frozenset[str] | None = None,
    drift: float = 0.0,
    mess: Collection[str] | None = None,
    grammar: str = FIRST,
) -> Press:
    """Make a press of so many articles (at least 1).

    `setting` is easy, medium, hard or messy. The messy press has the articles of the medium one, in all the mess of
    `MESS`; `mess` names its groups or kinds, to be planted alone, at any setting. What repeats an article comes on top
    of their number. `null` plants nothing: all outlets behave alike. `plant` names what to
    plant instead of everything (see `PLANTS`). `mirror` names two subjects that change places everywhere.
    `drift` moves that much of every subject's first label family to its second over the whole period, in all
    outlets alike (0 to 1). `grammar` is `first`, or `held-out`: the same subjects, outlets and plan in other words.
    Raises UsageError for an unknown setting, plant, mess, pair, or grammar.

    >>> made = make(seed=2, articles=3, setting="easy")
    >>> made.write("press.jsonl")
    3
    >>> made.truth().articles.equals(make(seed=2, articles=3, setting="easy").truth().articles)
    True
    """
    if articles < 1:
        raise UsageError(f"a press of {articles} articles was asked for", "at least 1", "ask for more")
    plants = frozenset() if null else frozenset(PLANTS) if plant is None else plant
    plan = draw_plan(seed, plants, few=not (null or plants.issuperset(PLANTS)), drift=drift)
    names = (MESS if setting == MESSY else ()) if mess is None else mess
    return Press(
        seed=seed,
        size=articles,
        setting=setting,
        plan=plan,
        mirror=mirror,
        mess=kinds_of(names),
        grammar=grammar,
    )


def _casts(mirror: tuple[str, str] | None) -> tuple[Cast, ...]:
    casts = [role.cast for role in ROLES]
    if mirror is None:
        return tuple(casts)
    return mirror_casts(mirror)


def _row(article: Article) -> dict[str, str]:
    return {
        "outlet": OUTLETS[article.outlet].id,
        "published": article.published.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "title": article.title.text,
        "text": article.text,
        "url": article.url,
        "section": article.section,
        "language": "en",
        "credit": article.credit,
        "key": article.key,
    }


def _take_over(article: Article, source: Article, copying: Copying, seed: int, level: int) -> None:
    """Fill the article with what its outlet takes from the source, in the manner the plan draws."""
    rng = Random(f"{seed}/copy/{article.story.number}/{article.outlet}")
    manner = rng.choices(MANNERS, copying.manners)[0]
    if level == 3 and rng.random() < 0.5:
        manner = "edited"
    article.sentences, article.starts = copy_sentences(
        source, article, manner, rng, level, curly=OUTLETS[article.outlet].style.curly
    )
    article.section = source.section
    if manner == "whole" or rng.random() < 0.5:
        article.title = source.title
    article.source, article.manner = source.key, manner
    if copying.source == AGENCY_INDEX:
        article.credit = AGENCY if copying.gives_credit else ""
        if article.dateline and copying.gives_credit:
            article.dateline = article.dateline.replace(" — ", f" ({AGENCY_SIGN}) — ")
    article.published = max(article.published, min(LAST_MINUTE, source.published + dt.timedelta(minutes=35)))
    article.set_text()
