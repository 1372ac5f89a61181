"""Words that tell outlets apart: log-odds with an informative Dirichlet prior."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from masthead.errors import UsageError

PRIOR = 10.0
"""How many uses the prior is worth: each outlet starts as one that was seen so often to speak as all do."""


def distinctive(counts: pa.Table, prior: float = PRIOR) -> pa.Table:
    """Say of every label how much more an outlet uses it for a subject than the other outlets together.

    `counts` holds subject, outlet, label, uses (how often the outlet labels the subject so) and n_articles
    (in how many articles), each combination once. Returns these columns and, per row,

    - share, share_elsewhere: of all uses of labels of this subject, by this outlet and by the others; null
      where there are none,
    - log_odds: log of the odds of the label here, less that elsewhere, after adding to both counts `prior`
      uses that are shared out as all outlets together use the labels; above 0 where it is used more here,
    - z: log_odds over its standard error, as if uses were independent: it ranks, and is no test,
    - rank: 1 for the largest z of an outlet and subject,

    in the order of subject, outlet and rank. A label that an outlet never uses has no row.

    Cannot see: that an article repeats a word, so read it beside n_articles. Source: Monroe, Colaresi and
    Quinn, Fightin' Words, Political Analysis 2008. Raises UsageError where a column is missing, a combination
    stands twice, a count is not positive or `prior` is not above 0.
    """
    _check(counts, ("subject", "outlet", "label"), prior)
    parts = [
        _scores(counts.filter(pc.equal(counts["subject"], subject)), prior)
        for subject in pc.unique(counts["subject"]).to_pylist()
    ]
    if not parts:
        parts = [_scores(counts, prior)]
    order = [("subject", "ascending"), ("outlet", "ascending"), ("rank", "ascending")]
    return pa.concat_tables(parts).sort_by(order)


def telling_apart(counts: pa.Table, min_articles: int = 1, prior: float = PRIOR) -> list[str]:
    """Return the labels of one subject by how much they tell outlets apart, the most telling first.

    `counts` is as for `distinctive`, of one subject, whose column is not needed. A label's score is Σ z² over
    outlets, those that never use it included, less what chance would give. Labels that stand in fewer than
    `min_articles` articles over all outlets are left out. Ties, such as all labels of a single outlet, are
    in the order of their articles, most first, then of the alphabet.
    """
    _check(counts, ("outlet", "label"), prior)
    labels, uses, _, _ = _matrix(counts)
    _, z = log_odds(uses, prior)
    score = np.sum(z * z - 1.0, axis=0)
    articles = dict.fromkeys(labels, 0)
    for label, n in zip(counts["label"].to_pylist(), counts["n_articles"].to_pylist(), strict=True):
        articles[label] += n
    frequent = [i for i, label in enumerate(labels) if articles[label] >= min_articles]
    return [
        labels[i]
        for i in sorted(frequent, key=lambda i: (-round(score[i], 9), -articles[labels[i]], labels[i]))
    ]


def _scores(counts: pa.Table, prior: float) -> pa.Table:
    """Score the labels of one subject."""
    _, uses, i, j = _matrix(counts)
    ratio, z = log_odds(uses, prior)
    here, elsewhere = uses.sum(axis=1, keepdims=True), uses.sum() - uses.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = uses / here
        share_elsewhere = (uses.sum(axis=0) - uses) / elsewhere
    names = counts["label"].to_pylist()
    ranks = np.zeros(len(i), dtype=np.int64)
    last: dict[int, int] = {}
    for at in sorted(range(len(i)), key=lambda k: (i[k], -round(float(z[i[k], j[k]]), 9), names[k])):
        last[int(i[at])] = last.get(int(i[at]), 0) + 1
        ranks[at] = last[int(i[at])]
    columns = {"share": share, "share_elsewhere": share_elsewhere, "log_odds": ratio, "z": z}
    table = counts.select(["subject", "outlet", "label", "uses", "n_articles"])
    for name, values in columns.items():
        table = table.append_column(name, pa.array(values[i, j], pa.float64(), from_pandas=True))
    return table.append_column("rank", pa.array(ranks, pa.int64()))


def _matrix(
    counts: pa.Table,
) -> tuple[list[str], npt.NDArray[np.float64], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the labels in order, uses by outlet (in order) and label, and the outlet and label of each row."""
    (outlets, i), (labels, j) = (
        np.unique(np.array(counts[name].to_pylist(), dtype=str), return_inverse=True)
        for name in ("outlet", "label")
    )
    uses = np.zeros((len(outlets), len(labels)))
    uses[i, j] = counts["uses"].to_numpy()
    return labels.tolist(), uses, i, j


def log_odds(
    uses: npt.NDArray[np.float64], prior: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the log-odds ratio of every row's uses of every column against all other rows', and its z.

    `uses` counts words, or labels, by who uses them (rows) and which (columns); `prior` is how many uses the prior is
    worth, shared out as all rows together use the columns. Both results have the shape of `uses`, and are 0 where there
    is one column. `distinctive` says what they mean.
    """
    total = uses.sum()
    alpha = prior * uses.sum(axis=0) / total if total else np.zeros(uses.shape[1])
    here = uses + alpha
    there = uses.sum(axis=0) - uses + alpha
    rest_here = here.sum(axis=1, keepdims=True) - here
    rest_there = there.sum(axis=1, keepdims=True) - there
    if uses.shape[1] < 2:
        return np.zeros_like(uses), np.zeros_like(uses)
    delta = np.log(here / rest_here) - np.log(there / rest_there)
    return delta, delta / np.sqrt(1.0 / here + 1.0 / there)


def _check(counts: pa.Table, keys: tuple[str, ...], prior: float) -> None:
    for name in (*keys, "uses", "n_articles"):
        if name not in counts.column_names:
            raise UsageError(
                f"counts without the column '{name}'",
                f"the columns {', '.join((*keys, 'uses', 'n_articles'))}",
                "add it",
            )
    if not prior > 0:
        raise UsageError(f"a prior of {prior}", "a number above 0", f"{PRIOR:g} is usual")
    combinations = list(zip(*(counts[name].to_pylist() for name in keys), strict=True))
    if len(set(combinations)) != len(combinations):
        raise UsageError(f"a {', '.join(keys)} that stands twice", "each combination once", "add its uses up")
    if any(n is None or n < 1 for n in counts["uses"].to_pylist()):
        raise UsageError("a label without uses", "counts from 1 upwards", "leave the row out")
