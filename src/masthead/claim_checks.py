"""What a claim cannot mean, by its own words alone: told with what may stand there instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from masthead.study_parts import WrongAtError

if TYPE_CHECKING:
    from masthead.claim import Claim

VOICED = ("naming", "portrayal", "kinship", "forecast")
"""The measures that tell an outlet's own words from those that it quotes."""

_CATEGORIES: dict[str, Literal["needed", "none", "either"]] = {
    "naming": "needed",
    "stance": "needed",
    "attention": "none",
    "portrayal": "none",
    "echo": "none",
    "kinship": "none",
    "forecast": "none",
    "voice": "either",
    "silence": "either",
}
_UNCOUNTED = {
    "portrayal": (
        "a model reads portrayals and misreads about one sentence in five, so that no single one shows anything",
        "'unfavourable' or 'favourable' with a `margin`, or 'more' or 'less' with a `versus`",
    ),
    "kinship": (
        "a party's phrases are words that others use too, only less often, so that no single one shows anything",
        "'more' or 'less' with a `versus`",
    ),
}
"""Why of some measures nobody can say `never`, and what to say instead."""


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
    if claim.measure in _UNCOUNTED:
        because, instead = _UNCOUNTED[claim.measure]
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
    if claim.measure == "silence" and (claim.start or claim.end):
        raise WrongAtError(
            f"claim '{claim.id}' asks for silence on some days",
            "from" if claim.start else "to",
            expected="silence over all the study's time",
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
    if claim.measure != "portrayal":
        raise WrongAtError(
            f"claim '{claim.id}' expects 'explained-by' of {claim.measure}",
            "measure",
            expected='`measure = "portrayal"`: factors explain portrayals only',
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
            expected="a number from 0 to below 2: portrayals lie between −1 and 1",
        )


def _check_what(claim: Claim) -> None:
    if claim.subject is None and claim.measure not in ("voice", "echo", "forecast"):
        raise WrongAtError(
            f"claim '{claim.id}' is about {claim.measure} and names no `subject`",
            expected="the id or the name of a subject of the study",
            hint="say of whom or of what",
        )
    kind = _CATEGORIES[claim.measure]
    undated = claim.expect == "changed" and claim.versus is None
    if kind == "needed" and claim.category is None and not undated:
        raise WrongAtError(
            f"claim '{claim.id}' is about {claim.measure} and names no `category`",
            expected="the category whose share is meant",
            hint="say which: "
            + (
                "a label, or a category of the subject"
                if claim.measure == "naming"
                else "a stance, such as 'claimed'"
            ),
        )
    if kind == "none" and claim.category is not None:
        raise WrongAtError(
            f"claim '{claim.id}' names a category of {claim.measure}, which has none",
            "category",
            expected="a claim without `category`",
            hint="leave `category` out, or change `measure`",
        )
    if claim.measure == "voice" and (claim.subject is None) == (claim.category is None):
        raise WrongAtError(
            f"claim '{claim.id}' is about voice and has {'no' if claim.subject is None else 'both a'} `subject` and "
            f"{'no' if claim.subject is None else 'a'} `category`",
            expected="a `subject`, or the `category` 'other' or 'unknown'",
            hint="write one of the two" if claim.subject is None else "leave one of the two out",
        )
    if claim.measure == "silence" and claim.category not in (None, "unfavourable"):
        raise WrongAtError(
            f"claim '{claim.id}' asks for silence about '{claim.category}' stories",
            "category",
            expected="'unfavourable', or no `category` for all stories",
        )
    if claim.voice == "quoted" and claim.measure == "kinship":
        raise WrongAtError(
            f"claim '{claim.id}' asks for the kinship of quoted words", "voice", expected="'own' or 'all'"
        )
    if claim.voice in ("own", "quoted") and claim.measure not in VOICED:
        raise WrongAtError(
            f"claim '{claim.id}' asks for '{claim.voice}' words, and {claim.measure} does not tell voices apart",
            "voice",
            expected=f"a claim without `voice`, or one about {', '.join(VOICED[:-1])} or {VOICED[-1]}",
            hint="leave `voice` out",
        )
    fits = {"favourable": "portrayal", "unfavourable": "portrayal", "silent": "silence"}
    if fits.get(claim.expect, claim.measure) != claim.measure:
        raise WrongAtError(
            f"claim '{claim.id}' expects '{claim.expect}' of {claim.measure}",
            "expect",
            expected=f"'{claim.expect}' only beside `measure = \"{fits[claim.expect]}\"`",
            hint="change `expect` or `measure`",
        )


def _check_against(claim: Claim) -> None:
    if claim.measure == "silence":
        if claim.expect not in ("silent", "more", "less"):
            raise WrongAtError(
                f"claim '{claim.id}' expects '{claim.expect}' of silence",
                "expect",
                expected="'silent', 'more', 'less', 'never' or 'always'",
            )
        if claim.versus or claim.start or claim.end:
            raise WrongAtError(
                f"claim '{claim.id}' sets silence against others, or cuts its days",
                "versus" if claim.versus else "from" if claim.start else "to",
                expected="silence against the outlet's own habits, over all the study's time",
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
    if claim.measure == "silence":
        if claim.expect == "more" and 0 < claim.margin < 1:
            raise WrongAtError(
                f"claim '{claim.id}' expects 'more' stories than its habits say, by a ratio of {claim.margin:g}",
                "margin",
                expected="a ratio of 1 or more, or no `margin`",
            )
        if claim.expect != "more" and claim.margin > 1:
            raise WrongAtError(
                f"claim '{claim.id}' calls a ratio of {claim.margin:g} to what is expected a silence",
                "margin",
                expected="a ratio from 0 to 1, or no `margin`",
            )
        return
    mean = claim.measure == "portrayal"
    widest = 2.0 if mean and claim.versus is not None else 1.0
    if claim.margin >= widest:
        what = "portrayals lie between −1 and 1" if mean else "shares lie between 0 and 1"
        raise WrongAtError(
            f"claim '{claim.id}' has a margin of {claim.margin:g} that no difference can pass",
            "margin",
            expected=f"a number from 0 to below {widest:g}: {what}",
            hint="change it" if mean else "write 0.10 for ten points",
        )
