"""Write down the code behind each version: `python -m tests.versions [--same-answers STORE …]`."""

from __future__ import annotations

import argparse
import sys

from masthead.surveying.stores import STORES
from tests.versions.guard import write

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.versions", description=__doc__)
    parser.add_argument(
        "--same-answers",
        nargs="+",
        default=[],
        metavar="STORE",
        choices=[one.name for one in STORES],
        help="the code of these changed, and they answer as before: their versions stay",
    )
    faults = write(parser.parse_args().same_answers)
    sys.exit("\n".join(faults) or None)
