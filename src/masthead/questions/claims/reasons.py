"""Why a verdict is what it is, and what it would take to have another, in words."""

from __future__ import annotations

from dataclasses import dataclass

from masthead.questions.claims.cells import Ratio
from masthead.questions.claims.figures import Figure
from masthead.questions.claims.judging import How
from masthead.questions.claims.power import MOST, least_difference, round_up, times_as_many, units_needed
from masthead.questions.claims.question import Press, Question, Side, Window
from masthead.study.claim import Claim
from masthead.study.claim_rules import ClaimRules


def value(rules: ClaimRules, figure: float) -> str:
    """Write a side's own figure: a share in percent, a mean with its sign, a ratio."""
    if rules.is_signed:
        return with_sign(figure)
    if rules.range[1] != 1.0:
        return f"{figure:.2f}"
    if 0 < figure < 0.01:
        return "<1%"
    return ">99%" if 0.99 < figure < 1 else f"{100 * figure:.0f}%"


def apart(rules: ClaimRules, difference: float) -> str:
    """Write the size of a difference: percentage points of shares, and of others as it is."""
    return points(difference) if rules.range == (0.0, 1.0) else f"{abs(difference):.2f}"


def points(difference: float) -> str:
    """Write the size of a difference of shares: percentage points."""
    size = 100 * abs(difference)
    digits = f"{size:.0f}" if size >= 1 and abs(size - round(size)) < 0.05 else f"{size:.1f}"
    return f"{digits} point" if digits == "1" else f"{digits} points"


def with_sign(mean: float) -> str:
    """Write a mean with its sign; 0.00 has none."""
    digits = f"{abs(mean):.2f}"
    return digits if digits == "0.00" else f"{'+' if mean > 0 else '−'}{digits}"


def days(window: Window) -> str:
    """Write a window: `from … to …`; nothing where it is open at both ends."""
    parts = [f"from {window.start}"] if window.start else []
    parts += [f"to {window.end}"] if window.end else []
    return " ".join(parts)


def why(question: Question, press: Press, figure: Figure, how: How) -> str:
    """Say why a claim with a figure got its verdict, and what the two sides' own figures are."""
    claim = question.claim
    assert figure.estimate is not None and figure.low is not None and figure.high is not None  # noqa: S101,PT018
    reason = verdict_told(claim, press, figure.estimate, figure.low, figure.high, how)
    if figure.mean is not None and figure.mean_versus is not None:
        here, there = (value(claim.rules, m) for m in (figure.mean, figure.mean_versus))
        sides = (press.name_of(claim.outlet or ""), _against(claim, press))
        if claim.turn is not None:
            sides = ("from then on" if claim.turn.side == "before" else "up to then", claim.versus or "")
        reason += f"; {sides[0]} {here}, {sides[1]} {there}"
    return "; ".join([reason, *_remarks(question, figure)])


def verdict_told(claim: Claim, press: Press, estimate: float, low: float, high: float, how: How) -> str:
    """Say how an interval lies to the margin."""
    margin = apart(claim.rules, claim.margin)
    none = "0" if not claim.margin else f"the margin of {margin}"
    if how == "beyond":
        side = "" if claim.margin else (" above" if estimate > 0 else " below")
        return f"the whole interval lies{side or ' beyond'} {none}"
    if how == "within":
        return f"the whole interval lies within the margin of {margin} either way"
    if how == "too little":
        return f"not by as much as the margin: by less than {margin}"
    if how == "other way":
        least = low if low > 0 else high
        by = f"by {apart(claim.rules, least)} or more"
        if claim.expect == "unchanged":
            return f"it {'rose' if least > 0 else 'fell'} {by}"
        return f"the other way: {_other_way(claim, press, least)}, {by}"
    if not claim.margin:
        return "the interval holds 0: the difference may go either way"
    return f"the interval holds differences beyond the margin of {margin} and smaller ones"


def _other_way(claim: Claim, press: Press, least: float) -> str:
    if claim.versus is None:
        return "favourable" if least > 0 else "unfavourable"
    if claim.turn is not None:
        return "it rose" if least > 0 else "it fell"
    who = press.name_of(claim.outlet or "") if least > 0 else _against(claim, press)
    return f"{who} {claim.rules.words.more}"


def _against(claim: Claim, press: Press) -> str:
    return press.name_of(claim.versus or "")


def _remarks(question: Question, figure: Figure) -> list[str]:
    """What a reader of the verdict must know of its figures."""
    remarks = []
    for side, used in zip(question.sides, (figure.used, figure.used_versus), strict=False):
        if side.group and len(used) < len(side.outlets):
            remarks.append(f"{len(used)} of {len(side.outlets)} outlets of '{side.claim_name}' have a figure")
    if figure.is_calibrated:
        codes = [figure.n_coded, *([] if question.versus is None else [figure.n_coded_versus])]
        remarks.append(f"corrected by {' and '.join(f'{n:,}' for n in codes)} codings")
    elif question.claim.rules.words.remark:
        remarks.append(question.claim.rules.words.remark)
    return remarks


def voiceless(question: Question, press: Press, side: Side) -> bool:
    """Whether own and quoted words cannot be told apart in any outlet of a side."""
    return question.voice != "all" and not any(press.outlets[o].get("quotation_marks") for o in side.outlets)


@dataclass(frozen=True)
class Missing:
    """Why a side has no figure. `more`: more articles would give one; `instead`: what else would, in words."""

    reason: str
    more: bool = True
    instead: str = ""

    def needs(self, more: str) -> str:
        """Say what would give a figure; `more` are the articles that would."""
        return "; or ".join([*([more] if self.more else []), *([self.instead] if self.instead else [])])


def missing(
    question: Question, press: Press, side: Side, articles: int | None, mentions: int | None
) -> Missing:
    """Say why a side has no figure: no article in its days, no mention, no label, no quotation marks.

    `articles` and `mentions` are how many articles of its outlets lie in its days and mention the subject; None where
    the survey did not count them.
    """
    claim, name = question.claim, who(question, press, side)
    within = days(side.window)
    span = press.days(side.outlets)
    subject = next((s.title for s in press.study.subjects if s.id == claim.subject), "the subject")
    if side.window.empty:
        return Missing(f"no day lies in it: {within}", more=False, instead="other days in the claim")
    if not any(press.outlets[o].get("n_articles") for o in side.outlets):
        return Missing(f"{name} has no article in this study")
    if span is None and within:
        reason = f"{name} has no dated article in this study"
        return Missing(reason, more=False, instead="the dates of its articles, or a claim without days")
    if articles == 0 and span is not None:
        copies = question.wire == "without"
        reason = f"{name} has no article {within}".rstrip() + (" that is no wire copy" if copies else "")
        instead = '`wire = "with"` or other days in the claim' if copies else "other days in the claim"
        return Missing(f"{reason}: its articles are of {span[0]} to {span[1]}", instead=instead)
    if mentions == 0:
        reason = f"none of {_count_in_words(articles, 'article')} of {name} mentions {subject}{_in(within)}"
        return Missing(
            reason, instead="an alias that these articles use: `masthead study check` shows what each matches"
        )
    if voiceless(question, press, side):
        reason = f"own and quoted words of {name} cannot be told apart: its texts hold no quotation marks"
        return Missing(
            reason, more=False, instead='`voice = "all"` in the claim, or texts with their quotation marks'
        )
    in_voice = {"own": " in its own words", "quoted": " in words that it quotes"}.get(question.voice, "")
    other = "" if question.voice == "all" else '`voice = "all"` in the claim'
    if press.by_name(claim):
        return Missing(f"{name} uses none of the names of {subject}{in_voice}{_in(within)}", instead=other)
    words = claim.rules.words
    if words.no_figure:
        reason = f"{name} {words.no_figure.format(subject=subject)}"
        return Missing(f"{reason}{in_voice}{_in(within)}", instead=other)
    return Missing(f"{name} has none of the {words.units}{_in(within)}")


def units_of(claim: Claim, *, by_name: bool) -> str:
    """What a figure of a claim is made of, many; `by_name` where it is of a subject's names and not of labels."""
    words = claim.rules.words
    return words.count_nouns["names"][1] if by_name else words.units


def what_it_takes(
    claim: Claim, who: str, within: str, ratio: Ratio, level: float, *, by_name: bool = False
) -> str:
    """Say what an archive would have to hold of somebody, on some days, where there is no figure.

    `ratio` is the figure of all outlets over all time, which tells how much articles differ.
    """
    example = (ratio.low, ratio.high, ratio.n) if ratio.has_figure and ratio.n > 1 else None
    n = round_up(units_needed(claim, example, level))
    basis = "judging by those that there are" if example else "at worst"
    least = apart(claim.rules, least_difference(claim))
    return (
        f"of {who}{_in(within)} about {n:,} {units_of(claim, by_name=by_name)} ({basis}), "
        f"to tell a difference of {least} from none"
    )


def units_to_decide(claim: Claim, figure: Figure, level: float, *, by_name: bool = False) -> str:
    """Say how many units would decide a claim whose interval holds both answers."""
    assert figure.estimate is not None and figure.low is not None and figure.high is not None  # noqa: S101,PT018
    times = times_as_many(claim, figure.estimate, figure.low, figure.high, level)
    units = units_of(claim, by_name=by_name)
    if times is None:
        return f"more than {MOST:.0f} times as many {units}, so near does the figure lie to the margin"
    counts = [figure.n] if figure.n_versus is None else [figure.n, figure.n_versus]
    enough = " and ".join(f"{round_up(times * n):,}" for n in counts)
    there = " and ".join(f"{n:,}" for n in counts)
    return f"about {enough} {units} instead of {there}, if the figures stay as they are"


def who(question: Question, press: Press, side: Side) -> str:
    """What a side's outlet or group is called."""
    here = question.over_time or side is question.side
    return press.name_of((question.claim.outlet if here else question.claim.versus) or "")


def _in(within: str) -> str:
    return f" {within}" if within else ""


def _count_in_words(n: int | None, one: str) -> str:
    return f"the {one}s" if n is None else f"{n:,} {one if n == 1 else one + 's'}"
