"""From a claim to a question: whose articles, of which days, are set against whose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from masthead.findings.about import SurveyedOutlet
from masthead.measuring import MEASURES
from masthead.study import Study
from masthead.study.claim import OTHERS, Claim

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """Days, both included; None where an end is open. Without either, undated articles count too."""

    start: dt.date | None = None
    end: dt.date | None = None

    @property
    def empty(self) -> bool:
        """Whether no day lies in it."""
        return bool(self.start and self.end and self.end < self.start)

    def until(self, day: dt.date) -> Window:
        """The part of it up to a day, that day included."""
        return replace(self, end=day if self.end is None else min(self.end, day))

    def since(self, day: dt.date) -> Window:
        """The part of it from a day on, that day included."""
        return replace(self, start=day if self.start is None else max(self.start, day))


@dataclass(frozen=True)
class Side:
    """Outlets and days, and what they are called. `claim_name` is what the claim calls them."""

    claim_name: str
    outlets: tuple[str, ...]
    window: Window

    @property
    def group(self) -> bool:
        """Whether it is the mean of several outlets."""
        return len(self.outlets) > 1


@dataclass(frozen=True)
class Question:
    """A claim with all of its names resolved: `side` is set against `versus`, or stands alone."""

    claim: Claim
    side: Side
    versus: Side | None
    voice: str
    wire: str

    @property
    def sides(self) -> tuple[Side, ...]:
        """What is asked about, and what it is set against, if anything."""
        return (self.side,) if self.versus is None else (self.side, self.versus)

    @property
    def signed(self) -> bool:
        """Whether the figures are means on both sides of 0."""
        return MEASURES[self.claim.measure].signed()

    @property
    def over_time(self) -> bool:
        """Whether outlets are set against themselves."""
        return self.claim.turn is not None


@dataclass(frozen=True)
class Untestable:
    """Why the archive cannot answer, and what it would have to hold; `lacks` is whom it lacks, if that is why."""

    reason: str
    needs: str
    lacks: str | None = None


@dataclass(frozen=True)
class Press:
    """The outlets of a survey as it tells of them, and the study's groups and events."""

    outlets: Mapping[str, SurveyedOutlet]
    study: Study
    groups: Mapping[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        groups: dict[str, list[str]] = {}
        for outlet in sorted(self.outlets):
            group = self.outlets[outlet].get("group")
            if group:
                groups.setdefault(group, []).append(outlet)
        object.__setattr__(self, "groups", {name: tuple(ids) for name, ids in groups.items()})

    @classmethod
    def of(cls, study: Study, outlets: Sequence[SurveyedOutlet]) -> Press:
        """Take the outlets of `Findings.about`."""
        return cls({outlet["id"]: outlet for outlet in outlets}, study)

    def title(self, outlet: str) -> str:
        """What an outlet is called."""
        return str(self.outlets[outlet].get("title") or outlet)

    def members(self, name: str) -> tuple[str, ...] | None:
        """The outlets that a name stands for: an outlet by itself, or a group; None where it is neither."""
        return (name,) if name in self.outlets else self.groups.get(name)

    def name_of(self, name: str) -> str:
        """What a claim's outlet or group is called in a sentence."""
        if name in self.outlets:
            return self.title(name)
        return f"the outlets of '{name}'" if name in self.groups else name

    def days(self, outlets: Sequence[str]) -> tuple[dt.date, dt.date] | None:
        """The first and the last day on which any of these outlets has an article; None without a dated one."""
        firsts = [first for o in outlets if (first := self.outlets[o].get("first"))]
        lasts = [last for o in outlets if (last := self.outlets[o].get("last"))]
        if not firsts:
            return None
        return dt.date.fromisoformat(min(firsts)), dt.date.fromisoformat(max(lasts))

    def by_name(self, claim: Claim) -> bool:
        """Whether a claim is about which of its subject's names outlets use, and not about labels."""
        return claim.rules.labels and any(s.id == claim.subject and s.by_name for s in self.study.subjects)

    def event(self, name: str) -> tuple[dt.date, dt.date]:
        """The first and the last day of an event of the study."""
        event = next(e for e in self.study.events if e.id == name)
        return event.start, event.end


def ask(
    claim: Claim, press: Press, *, voice: str | None = None, wire: str | None = None
) -> Question | Untestable:
    """Resolve a claim against the outlets of a survey; `voice` and `wire` replace the claim's own.

    A group leaves out the outlet that is set against it.
    """
    name = claim.outlet or ""
    outlets = press.members(name)
    if outlets is None:
        return _lacking(name, press)
    window = Window(claim.start, claim.end)
    side, versus = Side(name, outlets, window), None
    if claim.versus is not None and claim.turn is None:
        others = tuple(sorted(press.outlets)) if claim.versus == OTHERS else press.members(claim.versus)
        if others is None:
            return _lacking(claim.versus, press)
        others = tuple(outlet for outlet in others if outlet not in outlets)
        if not others:
            return Untestable(
                f"there is no outlet in '{claim.versus}' but {press.name_of(name)}",
                "another outlet to set it against",
            )
        versus = Side(claim.versus, others, window)
    elif claim.versus is not None:
        side, versus = _cut(claim, press, side)
    return Question(claim, side, versus, voice or claim.asked_voice, wire or claim.wire)


def _cut(claim: Claim, press: Press, side: Side) -> tuple[Side, Side]:
    """Cut the days of a side in two: what the claim is about, and what that is set against."""
    assert claim.turn is not None  # noqa: S101  the caller has looked
    at = claim.turn.at
    first, last = press.event(at) if isinstance(at, str) else (at, at)
    if claim.turn.side == "before":
        here, there = side.window.since(first), side.window.until(first - _DAY)
    else:
        here, there = side.window.until(last), side.window.since(last + _DAY)
    return replace(side, window=here), Side(claim.versus or "", side.outlets, there)


def _lacking(name: str, press: Press) -> Untestable:
    """Why there is nothing of an outlet or a group: the study says that it is absent, or none of a group is there."""
    absent = next((outlet for outlet in press.study.outlets if outlet.id == name), None)
    if absent is not None:
        reason = f"the study says that {absent.title} is absent from the archive"
        return Untestable(reason, f"articles of {absent.title}", absent.title)
    return Untestable(f"the archive holds no outlet of '{name}'", f"articles of '{name}'", f"'{name}'")
