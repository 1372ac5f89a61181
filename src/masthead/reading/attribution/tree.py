"""The tree of a parsed sentence: what a word governs, and the run of words that it heads."""

from __future__ import annotations

from collections.abc import Sequence

from masthead.reading.parsing.parses import Parse

Tokens = tuple[int, int]
"""The first and the last of a run of tokens."""

_PUNCTUATION = frozenset({",", ".", ":", "-LRB-", "-RRB-", "HYPH", "NFP", "_SP"})
_OPENING = "``"
_CLOSING = "''"


class Tree:
    """A parse with the reach of every token. `in_quotes` says of each whether it stands in quotation marks."""

    def __init__(self, parse: Parse, in_quotes: Sequence[bool]) -> None:
        self.parse = parse
        self.in_quotes = in_quotes
        n = len(parse.heads)
        self._left = list(range(n))
        self._right = list(range(n))
        self.depth = [0] * n
        for token in range(n):
            above, steps = token, 0
            while parse.heads[above] != above and steps < n:
                above = parse.heads[above]
                steps += 1
                self._left[above] = min(self._left[above], token)
                self._right[above] = max(self._right[above], token)
            self.depth[token] = steps

    def span(self, head: int) -> Tokens:
        """Return the run of tokens from the first to the last that `head` governs."""
        return self._left[head], self._right[head]

    def child(self, token: int, *deps: str) -> int | None:
        """Return the first token that `token` governs in one of these relations."""
        return next((c for c in self.parse.children[token] if self.parse.deps[c] in deps), None)

    def infinitive(self, clause: int) -> int | None:
        """Return the `to` of an infinitive; None where `clause` heads none."""
        parse = self.parse
        return next(
            (
                c
                for c in parse.children[clause]
                if c < clause and parse.deps[c] == "aux" and parse.lemmas[c] == "to"
            ),
            None,
        )

    def is_verb(self, token: int) -> bool:
        """True for a verb in any form."""
        return self.parse.tags[token].startswith("VB")

    def without(self, whole: Tokens, part: Tokens) -> list[Tokens]:
        """Return the runs that are left of `whole` without `part`."""
        if part[0] > whole[1] or part[1] < whole[0]:
            return [whole]
        return [run for run in ((whole[0], part[0] - 1), (part[1] + 1, whole[1])) if run[0] <= run[1]]

    def trim(self, runs: Sequence[Tokens]) -> list[Tokens]:
        """Return runs without the punctuation at their ends, but for the quotation marks that belong to them."""
        tags = self.parse.tags
        shorter_runs = []
        for first, last in runs:
            while first <= last and (tags[first] in _PUNCTUATION or tags[first] == _CLOSING):
                first += 1
            while last >= first and (tags[last] in _PUNCTUATION or tags[last] == _OPENING):
                last -= 1
            if first <= last:
                shorter_runs.append((first, last))
        return shorter_runs
