"""Which articles are wire copy, and on what grounds.

In this order, the first that fits:

1. `credit`, `dateline`, `byline`, `sign-off`: the article says itself that it is an agency's, and its outlet
   is not that agency. It is wire copy.
2. `agency`: it is an agency's own article, in the archive as such. It is a source, not wire copy.
3. `copy of an agency's article`: it is a near-duplicate of one of these, and not known to be earlier than
   all of them. It is wire copy.
4. `copy of a credited article`: it is a near-duplicate of an article of the first kind. It is wire copy.
5. `mixed credit`: its credit line names an agency and others (`Staff and agencies`, `Reuters, Ann Lee`). Whose words
   are whose is not said: it is not called wire copy, and counted apart.
6. `several outlets, uncredited`: near-duplicates stand in more than one outlet and none says whose words
   they are. It may be an agency's text, a partner's, or taken. It is not called wire copy.
"""

from __future__ import annotations

import numpy as np

from masthead.links.arrays import Flags, Ints
from masthead.links.reuse.corpus import Corpus
from masthead.links.reuse.credit_lines import MIXED
from masthead.links.reuse.credits import Agencies

UNCREDITED = "several outlets, uncredited"


def near_duplicate_groups(count: int, later: Ints, earlier: Ints) -> Ints:
    """Return a number for each of `count` articles, the same for those that near-duplicates connect."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    edges = coo_matrix((np.ones(len(later), np.int8), (later, earlier)), (count, count))
    groups: Ints = connected_components(edges, directed=False)[1].astype(np.int64)
    return groups


def judge(corpus: Corpus, group: Ints, slack: int) -> tuple[list[str | None], Flags, list[str | None]]:
    """Return for each article its agency, whether it is wire copy, and why or why not.

    `group` numbers the groups of near-duplicates; `slack` is in microseconds.
    """
    outlets = sorted(set(corpus.raw_outlet))
    agencies = Agencies(((corpus.raw_outlet[i], c) for i, c in sorted(corpus.credit.items())), outlets)
    n = len(corpus)
    agency: list[str | None] = [None] * n
    why: list[str | None] = [None] * n
    of_agency = np.array([corpus.raw_outlet[i] in agencies.of_outlet for i in range(n)], np.bool_)
    has_credit = np.zeros(n, np.bool_)
    for i, credit in corpus.credit.items():
        name = agencies.agency(credit, corpus.raw_outlet[i])
        if name and agencies.of_outlet.get(corpus.raw_outlet[i]) != name:
            agency[i], why[i], has_credit[i] = name, credit.where, credit.where != MIXED
    source = of_agency & ~np.array([reason is not None for reason in why], np.bool_)
    for i in np.flatnonzero(source).tolist():
        agency[i], why[i] = agencies.of_outlet[corpus.raw_outlet[i]], "agency"
    wire = has_credit.copy()
    order = np.argsort(group, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        if len(members) < 2:
            continue
        sources = members[source[members]]
        with_credit = members[has_credit[members]]
        several = len(set(corpus.outlet[members])) > 1
        first = corpus.since[sources].min() if len(sources) else 0
        for i in members[~has_credit[members] & ~source[members]].tolist():
            before = bool(corpus.has_date[i]) and corpus.until[i] < first - slack
            if len(sources) and not before:
                agency[i], why[i], wire[i] = agency[sources[0]], "copy of an agency's article", True
            elif len(with_credit):
                agency[i], why[i], wire[i] = agency[with_credit[0]], "copy of a credited article", True
            elif several and not len(sources) and why[i] is None:
                why[i] = UNCREDITED
    return agency, wire, why
