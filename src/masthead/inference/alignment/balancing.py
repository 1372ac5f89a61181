"""Whether friends of friends are friends: the balance of a signed graph of outlets and subjects.

A tie is an outlet that is surely favourable (1) or unfavourable (−1) to a subject; all others are left out. The graph
is balanced where its nodes fall into two camps with favour inside each and disfavour between them. The frustration
index is the least number of ties that would have to turn for that. Between outlets and subjects there are no
triangles; the shortest cycles have two outlets and two subjects, and are balanced where the product of their ties is
positive.

Aref, S. and Wilson, M. C. (2018). Measuring partial balance in signed networks. Journal of Complex Networks 6,
566–595. doi 10.1093/comnet/cnx044
Derr, T., Johnson, C., Chang, Y. and Tang, J. (2019). Balance in signed bipartite networks. CIKM 2019.
doi 10.1145/3357384.3358009
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from masthead.inference.intervals import Array

DRAWN = 999
"""So many times the signs of each outlet's ties are put in random order."""

MOST_EXACT = 12
"""With at most so many nodes on the smaller side every way to make camps is tried; with more, the best found."""

_CHUNK = 64
_SEED = 20_180_401


@dataclass(frozen=True)
class Balance:
    """The balance of one graph, beside that of graphs whose outlets are as friendly but whose signs fall at random.

    `frustration` ties of `ties` would have to turn; `expected` of them at random, and `p` is how often as few.
    `balanced` of the `cycles` are balanced, as a share; `balanced_expected` at random, and `p_balanced` how often as
    many. `rows` and `columns` hold the camp of each outlet and subject, 1 or −1, and 0 of those without a tie. `exact`
    is False where the frustration is the least that was found rather than the least there is.
    """

    frustration: int
    ties: int
    expected: float
    p: float
    cycles: int
    balanced: float
    balanced_expected: float
    p_balanced: float
    exact: bool
    permutations: int
    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]


def balance(ties: Array) -> Balance | None:
    """Return the balance of `ties` (outlets × subjects, −1, 0 or 1); None where no cycle of four is closed.

    Random signs fall on figures: nothing depends on the order of subjects, nor on what they are called.
    """
    columns = np.lexsort([*ties, ties.sum(axis=0)])
    sorted_ties = ties[:, columns]
    alike, unlike = (int(part[0]) for part in _cycles(sorted_ties[None]))
    if not alike + unlike:
        return None
    turns, of_rows, of_columns = _frustration(sorted_ties[None])
    draws = _draws(sorted_ties)
    frustrations = np.concatenate([_frustration(draws[i : i + _CHUNK])[0] for i in range(0, DRAWN, _CHUNK)])
    drawn_alike, drawn_unlike = _cycles(draws)
    share = alike / (alike + unlike)
    shares = drawn_alike / (drawn_alike + drawn_unlike)
    camps = np.zeros(ties.shape[1], dtype=np.int64)
    camps[columns] = of_columns[0]
    return Balance(
        frustration=int(turns[0]),
        ties=int(np.abs(ties).sum()),
        expected=float(frustrations.mean()),
        p=(int((frustrations <= turns[0]).sum()) + 1) / (DRAWN + 1),
        cycles=alike + unlike,
        balanced=share,
        balanced_expected=float(shares.mean()),
        p_balanced=(int((shares >= share - 1e-9).sum()) + 1) / (DRAWN + 1),
        exact=min(ties.shape) <= MOST_EXACT or int(turns[0]) == 0,
        permutations=DRAWN,
        rows=of_rows[0].astype(np.int64),
        columns=camps,
    )


def _draws(ties: Array) -> Array:
    """Put the signs of each outlet's ties in random order, over the subjects that it has ties with."""
    generator = np.random.default_rng(_SEED)
    draws = np.zeros((DRAWN, *ties.shape))
    for row, signs in enumerate(ties):
        at = np.flatnonzero(signs)
        draws[:, row, at] = generator.permuted(np.tile(signs[at], (DRAWN, 1)), axis=1)
    return draws


def _cycles(graphs: Array) -> tuple[Array, Array]:
    """Count the balanced and the unbalanced cycles of two outlets and two subjects in each graph."""
    there = np.abs(graphs)
    common = there @ np.swapaxes(there, 1, 2)
    product = graphs @ np.swapaxes(graphs, 1, 2)
    same, other = (common + product) / 2.0, (common - product) / 2.0
    outlets = np.triu_indices(graphs.shape[1], k=1)
    same, other = same[:, *outlets], other[:, *outlets]
    n_balanced: Array = (same * (same - 1) / 2.0 + other * (other - 1) / 2.0).sum(axis=1)
    n_unbalanced: Array = (same * other).sum(axis=1)
    return n_balanced, n_unbalanced


def _frustration(graphs: Array) -> tuple[Array, Array, Array]:
    """Return, per graph, how many ties must turn, and the camps of its rows and columns."""
    is_turned = graphs.shape[1] > graphs.shape[2]
    graphs = np.swapaxes(graphs, 1, 2) if is_turned else graphs
    fewer = graphs.shape[1]
    if fewer <= MOST_EXACT:
        # One node's camp may be fixed: turning all camps round changes nothing.
        bits = (np.arange(2 ** (fewer - 1))[:, None] >> np.arange(fewer)) & 1
        sides = np.broadcast_to(1.0 - 2.0 * bits, (len(graphs), len(bits), fewer))
    else:
        sides = _best_camps(graphs)
    pulls = sides @ graphs
    agreement = np.abs(pulls).sum(axis=2)
    best = agreement.argmax(axis=1)
    every = np.arange(len(graphs))
    own = sides[every, best] * (np.abs(graphs).sum(axis=2) > 0)
    others = np.sign(pulls[every, best])
    # A node pulled as much to either side may stand in either camp: in the first.
    others = np.where((others == 0) & (np.abs(graphs).sum(axis=1) > 0), 1.0, others)
    ties = np.abs(graphs).sum(axis=(1, 2))
    least = np.rint((ties - agreement[every, best]) / 2.0)
    return (least, others, own) if is_turned else (least, own, others)


def _best_camps(graphs: Array) -> Array:
    """Camps that no side can better by itself, from every column and row of each graph as a start."""
    sides = np.where(np.swapaxes(graphs, 1, 2) == 0, 1.0, np.swapaxes(graphs, 1, 2))
    sides = np.concatenate([sides, np.sign(graphs @ np.swapaxes(graphs, 1, 2) + 0.5)], axis=1)
    for _ in range(20):
        others = np.where(sides @ graphs >= 0, 1.0, -1.0)
        sides = np.where(others @ np.swapaxes(graphs, 1, 2) >= 0, 1.0, -1.0)
    return sides
