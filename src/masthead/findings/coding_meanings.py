"""What the columns mean that hold what people's codes did to a figure, and the table of coders."""

from __future__ import annotations

from masthead.findings.columns import DIFFERENCE, FIGURE, SHARE, Column, Table

_NOBODY = "it is not calibrated"

CALIBRATED: dict[str, Column] = {
    "calibrated": Column(
        "whether people's codes corrected it, so that its interval holds a reader's errors too"
    ),
    "n_coded": Column("how many of its units people coded", "units", "1 and up", "nobody coded any"),
    "rho": Column(
        "how closely the reader's readings follow people's codes: their correlation",
        "",
        "−1 to 1",
        f"{_NOBODY}, or one of the two never differs",
    ),
    "tuning": Column("how far it leans on the reader: 0 is codings alone", "", SHARE, _NOBODY),
    "worth": Column(
        "how many codings would give as narrow an interval without the reader", "units", "0 and up", _NOBODY
    ),
    "alpha": Column(
        "how far coders agree (Krippendorff's alpha); below 0.667 the codebook does not work",
        "",
        "−1 to 1",
        f"{_NOBODY}, or no unit was coded twice",
    ),
    "plain_estimate": Column("the figure by the reader alone", "as the figure", FIGURE, _NOBODY),
    "plain_difference": Column("the difference by the reader alone", "as the figure", DIFFERENCE, _NOBODY),
    "plain_low": Column("the lower end of the interval by the reader alone", "as the figure", "", _NOBODY),
    "plain_high": Column("the upper end of it", "as the figure", "", _NOBODY),
}
"""Columns of more than one table."""

CODERS = Table(
    "calibrated estimates again by each coder's codes",
    "a calibrated row of `estimates` over all time, and a coder",
    {
        "coder": Column("the coder, by the name that the codes were imported under"),
        "n_coded": Column("how many of the units this coder coded", "units", "1 and up"),
        "estimate": Column(
            "the figure where this coder's codes count in the place of those that were settled",
            "ratio",
            FIGURE,
        ),
        "conf_low": Column("the lower end of its interval", "as the figure", FIGURE),
        "conf_high": Column("the upper end of its interval", "as the figure", FIGURE),
        "settled": Column("the figure by the settled codes, as in `estimates`", "ratio", FIGURE),
        "apart": Column("whether the two are further apart than half the width of the interval"),
    },
)
