"""``python -m training``: make the portrayal model that ships with Masthead."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from .card import write_card
from .steps import Paths, Training

STEPS = ("teachers", "student", "control", "ship", "card")
SHIPPED = Path(__file__).parents[1] / "src/masthead/reading/portrayal/weights"


def main() -> None:
    """Run the steps in order; whatever is there already is not made again."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder of train, dev-rw, dev-mt .jsonl")
    parser.add_argument("--wheels", type=Path, required=True, help="folder of the base models' wheels")
    parser.add_argument("--articles", type=Path, required=True, help="Parquet file of news articles")
    parser.add_argument("--column", default="text", help="its column of article texts")
    parser.add_argument("--work", type=Path, required=True, help="folder for all that is made on the way")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where the shipped files go")
    parser.add_argument("--sentences", type=int, default=36_000, help="unlabelled sentences to distil on")
    parser.add_argument("--teachers", type=int, default=1, help="teachers in the ensemble")
    parser.add_argument("--until", choices=STEPS, default=STEPS[-1], help="the last step to run")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads(), help="processor threads")
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    paths = Paths(asked.gold, asked.wheels, asked.articles, asked.column, asked.work)
    training = Training(paths, asked.sentences, asked.teachers)
    steps = {
        "teachers": training.teacher_files,
        "student": training.student_file,
        "control": training.control_file,
        "ship": lambda: training.shipped(asked.out),
        "card": lambda: write_card(training, asked.out),
    }
    for name in STEPS[: STEPS.index(asked.until) + 1]:
        steps[name]()


if __name__ == "__main__":
    main()
