"""How sure a share is: the lower end of its interval, so that few articles show little."""

from __future__ import annotations

import math

_Z = 1.96


def least_share(count: int, of: int) -> float:
    """Return the lower end of the 95% Wilson interval of a share.

    >>> round(least_share(5, 5), 2), round(least_share(50, 50), 2)
    (0.57, 0.93)
    """
    if of <= 0:
        return 0.0
    share = count / of
    middle = share + _Z * _Z / (2 * of)
    spread = _Z * math.sqrt(share * (1 - share) / of + _Z * _Z / (4 * of * of))
    return (middle - spread) / (1 + _Z * _Z / of)
