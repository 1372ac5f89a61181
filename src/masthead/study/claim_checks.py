"""What a claim cannot mean, by its own words alone: told with what may stand there instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.study.claim_rules import expecting, measures_with_voices
from masthead.study.names import matching_ids, near
from masthead.study.parts import WrongAtError

if TYPE_CHECKING:
    from masthead.study.claim import Claim


def check(claim: Claim) -> None:
    """Raise WrongAtError where the claim, as far as its own words say, cannot be meant."""
    if claim.outlet is None:
        raise WrongAtError(
            f"claim '{claim.id}' names no `outlet`",
            expected="the id or the name of an outlet, or a group of outlets",
            hint="say whose articles the claim is about",
        )
    if claim.start and claim.end and claim.end < claim.start:
        raise WrongAtError(
            f"claim '{claim.id}' ends ({claim.end}) before it starts ({claim.start})",
            "to",
            expected=f"a day from {claim.start} on",
            hint="change `from` or `to`",
        )
    if claim.expect == "explained-by":
        _check_explained(claim)
        return
    for key in ("factor", "beyond", "toward"):
        if getattr(claim, key) is not None:
            raise WrongAtError(
                f"claim '{claim.id}' has a `{key}` and expects '{claim.expect}'",
                key,
                expected=f'`{key}` only beside `expect = "explained-by"`',
                hint=f"leave `{key}` out, or expect 'explained-by'",
            )
    _check_what(claim)
    if claim.counts:
        _check_counted(claim)
        return
    _check_against(claim)
    _check_margin(claim)


def _check_counted(claim: Claim) -> None:
    if claim.rules.why_uncounted is not None:
        because, instead = claim.rules.why_uncounted
        raise WrongAtError(
            f"claim '{claim.id}' expects '{claim.expect}' of {claim.measure}, and {because}",
            "expect",
            expected=instead,
        )
    if claim.versus is not None:
        raise WrongAtError(
            f"claim '{claim.id}' expects '{claim.expect}', which is set against nobody",
            "versus",
            expected="a claim without `versus`",
            hint="leave `versus` out; `from` and `to` say which days count",
        )
    if claim.rules.habits and (claim.start or claim.end):
        raise WrongAtError(
            f"claim '{claim.id}' asks for {claim.measure} on some days",
            "from" if claim.start else "to",
            expected=f"{claim.measure} over all the study's time",
            hint="leave `from` and `to` out",
        )
    if claim.margin >= 1:
        raise WrongAtError(
            f"claim '{claim.id}' has a margin of {claim.margin:g}",
            "margin",
            expected=f"the share of articles that may do otherwise while it is still '{claim.expect}', below 1",
            hint="write 0.05 for five articles in a hundred",
        )


def _check_explained(claim: Claim) -> None:
    if claim.expect not in claim.rules.expects:
        raise WrongAtError(
            f"claim '{claim.id}' expects 'explained-by' of {claim.measure}",
            "measure",
            expected=f"{_only(claim)}: factors explain portrayals only",
            hint="change `measure` or `expect`",
        )
    if claim.factor is None:
        raise WrongAtError(
            f"claim '{claim.id}' expects 'explained-by' and names no `factor`",
            expected="the id of a [[factor]] of the study",
            hint="say what explains it",
        )
    if claim.subject is not None or claim.category is not None:
        raise WrongAtError(
            f"claim '{claim.id}' expects 'explained-by' of one subject",
            "subject" if claim.subject is not None else "category",
            expected="a claim about all subjects: a factor has a value for each of them",
            hint="leave `subject` and `category` out",
        )
    if claim.beyond == claim.factor:
        raise WrongAtError(
            f"claim '{claim.id}' sets the factor '{claim.factor}' beyond itself",
            "beyond",
            expected="another factor in `beyond`",
        )
    if claim.turn is not None or claim.versus == claim.outlet:
        raise WrongAtError(
            f"claim '{claim.id}' sets what explains an outlet against the same outlet",
            "versus",
            expected="other outlets in `versus`, or no `versus`",
            hint="`from` and `to` say which days count",
        )
    if claim.beyond is not None and claim.margin == 0:
        raise WrongAtError(
            f"claim '{claim.id}' says that '{claim.beyond}' adds nothing, and has no `margin`",
            "beyond",
            expected="a `margin`: no archive can show that it adds nothing at all",
            hint="say how little counts as nothing, such as 0.1",
        )
    if claim.margin >= 2:
        raise WrongAtError(
            f"claim '{claim.id}' has a margin of {claim.margin:g} that no difference can pass",
            "margin",
            expected=f"a number from 0 to below {claim.rules.span:g}: {claim.rules.lie}",
        )


def _check_what(claim: Claim) -> None:
    rules = claim.rules
    if claim.subject is None and rules.subject == "needed":
        raise WrongAtError(
            f"claim '{claim.id}' is about {claim.measure} and names no `subject`",
            expected="the id or the name of a subject of the study",
            hint="say of whom or of what",
        )
    is_undated = claim.expect == "changed" and claim.versus is None
    if rules.category == "needed" and claim.category is None and not is_undated:
        raise WrongAtError(
            f"claim '{claim.id}' is about {claim.measure} and names no `category`",
            expected="the category whose share is meant",
            hint=f"say which: {rules.category_hint}",
        )
    if rules.category == "none" and claim.category is not None:
        raise WrongAtError(
            f"claim '{claim.id}' names a category of {claim.measure}, which has none",
            "category",
            expected="a claim without `category`",
            hint="leave `category` out, or change `measure`",
        )
    if rules.subject == "or category" and (claim.subject is None) == (claim.category is None):
        which = " or ".join(f"'{category}'" for category in rules.categories)
        raise WrongAtError(
            f"claim '{claim.id}' is about {claim.measure} and has {'no' if claim.subject is None else 'both a'} "
            f"`subject` and {'no' if claim.subject is None else 'a'} `category`",
            expected=f"a `subject`, or the `category` {which}".strip(),
            hint="write one of the two" if claim.subject is None else "leave one of the two out",
        )
    if rules.categories and claim.category is not None:
        fixed_category(claim, claim.category)
    _check_voice(claim)
    if expecting(claim.expect) and claim.expect not in rules.expects:
        raise WrongAtError(
            f"claim '{claim.id}' expects '{claim.expect}' of {claim.measure}",
            "expect",
            expected=f"'{claim.expect}' only beside {_only(claim)}",
            hint="change `expect` or `measure`",
        )


def _only(claim: Claim) -> str:
    """Of which measures alone what a claim expects can be expected."""
    return " or ".join(f'`measure = "{name}"`' for name in expecting(claim.expect))


def fixed_category(claim: Claim, name: str) -> str:
    """Return the category that is meant of a measure that always has the same ones; raise WrongAtError for another."""
    rules = claim.rules
    choices = dict.fromkeys(rules.categories, ())
    ids = matching_ids(name, choices)
    if len(ids) == 1:
        return ids[0]
    problem, alternative = rules.wrong_category
    raise WrongAtError(
        f"claim '{claim.id}' {problem.format(given=name)}",
        "category",
        expected=alternative,
        hint=near(name, choices) if len(choices) > 1 else "change it",
    )


def _check_voice(claim: Claim) -> None:
    voices = claim.rules.voices
    if claim.voice is None or claim.voice == "all" or claim.voice in voices:
        return
    if claim.rules.tells_voices:
        raise WrongAtError(
            f"claim '{claim.id}' asks for the {claim.measure} of {claim.voice} words",
            "voice",
            expected=" or ".join(f"'{voice}'" for voice in reversed(voices)),
        )
    others = measures_with_voices()
    raise WrongAtError(
        f"claim '{claim.id}' asks for '{claim.voice}' words, and {claim.measure} does not tell voices apart",
        "voice",
        expected=f"a claim without `voice`, or one about {', '.join(others[:-1])} or {others[-1]}",
        hint="leave `voice` out",
    )


def _check_against(claim: Claim) -> None:
    if claim.rules.habits:
        able = [*claim.rules.expects, "more", "less"]
        if claim.expect not in able:
            able += [] if claim.rules.why_uncounted else ["never", "always"]
            raise WrongAtError(
                f"claim '{claim.id}' expects '{claim.expect}' of {claim.measure}",
                "expect",
                expected=" or ".join([", ".join(f"'{one}'" for one in able[:-1]), f"'{able[-1]}'"]),
            )
        if claim.versus or claim.start or claim.end:
            raise WrongAtError(
                f"claim '{claim.id}' sets {claim.measure} against others, or cuts its days",
                "versus" if claim.versus else "from" if claim.start else "to",
                expected=f"{claim.measure} against the outlet's own habits, over all the study's time",
                hint="leave `versus`, `from` and `to` out",
            )
        return
    if claim.versus is None and claim.expect in ("more", "less", "unchanged"):
        raise WrongAtError(
            f"claim '{claim.id}' expects '{claim.expect}' and has no `versus`",
            "expect",
            expected=(
                "`versus`: "
                + ("" if claim.expect == "unchanged" else "another outlet, a group, 'all other outlets', or ")
                + "'before' or 'after' and a day or an event"
            ),
            hint="say since when"
            if claim.expect == "unchanged"
            else f"say {claim.expect} than whom, or since when",
        )
    if claim.versus is not None and claim.versus == claim.outlet:
        raise WrongAtError(
            f"claim '{claim.id}' sets '{claim.outlet}' against itself",
            "versus",
            expected="another outlet, a group, 'all other outlets', or 'before' or 'after' and a day or an event",
        )
    if claim.expect in ("changed", "unchanged") and claim.versus is not None and claim.turn is None:
        raise WrongAtError(
            f"claim '{claim.id}' expects '{claim.expect}' against '{claim.versus}'",
            "versus",
            expected="'before' or 'after' and a day or an event, such as 'after 2016-12-22': an outlet changes "
            "against itself",
        )


def _check_margin(claim: Claim) -> None:
    if claim.expect == "unchanged" and claim.margin == 0:
        raise WrongAtError(
            f"claim '{claim.id}' expects 'unchanged' and has no `margin`",
            "margin",
            expected="a `margin`: no archive can show that nothing at all changed",
            hint="say how small a change counts as none, such as 0.05",
        )
    rules = claim.rules
    if rules.habits:
        if claim.expect == "more" and 0 < claim.margin < 1:
            raise WrongAtError(
                f"claim '{claim.id}' expects 'more' {rules.habits.plural} than its habits say, "
                f"by a ratio of {claim.margin:g}",
                "margin",
                expected="a ratio of 1 or more, or no `margin`",
            )
        if claim.expect != "more" and claim.margin > 1:
            raise WrongAtError(
                f"claim '{claim.id}' calls a ratio of {claim.margin:g} to what is expected a {claim.measure}",
                "margin",
                expected="a ratio from 0 to 1, or no `margin`",
            )
        return
    widest = rules.span if claim.versus is not None else max(map(abs, rules.range))
    if claim.margin >= widest:
        raise WrongAtError(
            f"claim '{claim.id}' has a margin of {claim.margin:g} that no difference can pass",
            "margin",
            expected=f"a number from 0 to below {widest:g}: {rules.lie}",
            hint="change it" if rules.is_signed else "write 0.10 for ten points",
        )
