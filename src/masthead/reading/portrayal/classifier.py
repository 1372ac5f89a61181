"""What any model of portrayal must do, and which one a study asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypedDict, runtime_checkable

import numpy as np
import numpy.typing as npt

from masthead.study import Study
from masthead.study.portrayal import PORTRAYED, Portrayed

Probabilities = npt.NDArray[np.float32]
"""Of each text, a row of three that add up to 1: unfavourable, neutral, favourable."""

CLASSES = tuple(dict.fromkeys(PORTRAYED.values()))
"""The three classes, in the order of the columns of `Probabilities`."""


class Classifier(Protocol):
    """A model that says how marked sentences portray the one they mark (see masthead.reading.portrayal.marking)."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def version(self) -> str:
        """Differs between any two models that could give other probabilities; names the folder of what it has read."""
        ...

    @property
    def languages(self) -> frozenset[str] | None:
        """The codes (ISO 639) of the languages that it reads; None for any."""
        ...

    @property
    def lot(self) -> int:
        """How many texts are read before what was read of them is kept: what a kill may cost."""
        ...

    def read(self, texts: Sequence[str]) -> Probabilities:
        """Return the probabilities of each text, `[n, 3]`; of one text the same, whatever stands beside it."""
        ...


class Answer(NamedTuple):
    """What became of asking a model about one text."""

    place: int
    """Which text it was, from 0."""
    at: str
    """When the answer came: ISO 8601, UTC."""
    requests: int
    """How often the model was asked."""
    probabilities: list[float] | None
    """Unfavourable, neutral, favourable; None where no answer was of use."""
    reason: str
    """Why not, in words that go on after `it`."""
    words: str
    """What the model said."""
    no_answer: bool
    """True where the service gave no answer at all."""


class AskedModel(TypedDict):
    """What answers hang on: the model that is asked, where, and how."""

    address: str
    model: str
    prompt: str
    prompt_hash: str
    temperature: float
    logprobs: bool


class AskedCounts(TypedDict):
    """When a model was asked, how often, and how many sentences were set aside, by reason."""

    first_answer: str | None
    last_answer: str | None
    sentences_asked: int
    requests: int
    sentences_set_aside: int
    reasons: dict[str, int]


class Asked(AskedModel, AskedCounts):
    """Which model at an address was asked, how, when, and what it left without an answer of use."""

    mentions_set_aside: int
    """Mentions that nobody has read: they are in no figure."""


@runtime_checkable
class AskedClassifier(Classifier, Protocol):
    """A classifier that is asked about one text at a time, and may have no answer of use to some."""

    @property
    def asked_as(self) -> AskedModel:
        """What its answers hang on."""
        ...

    def answers(self, texts: Sequence[str]) -> Iterator[Answer]:
        """Yield what became of each text, in any order, as it is known."""
        ...


def classifier_for(study: Study) -> Classifier:
    """Return the classifier that a study asks for: the one that ships, a folder's, or that of an address.

    Raises ReadingError where its files are missing or are no classifier. Nothing is loaded before it reads.
    """
    settings = study.portrayal
    if settings.model is None:
        from masthead.reading.portrayal.shipped import ShippedClassifier

        return ShippedClassifier()
    if settings.is_remote:
        from masthead.reading.portrayal.remote import RemoteClassifier

        return RemoteClassifier.of(settings)
    return classifier_in(settings.model, settings.name, settings.labels)


def classifier_in(
    folder: str | Path, name: str | None = None, labels: Sequence[Portrayed] | None = None
) -> Classifier:
    """Return the classifier in a folder: one made as the shipped one is, which has a card.json, or any other.

    `name` and `labels` are as a study's. Raises ReadingError where the folder holds none.
    """
    if (Path(folder) / "card.json").is_file():
        from masthead.reading.portrayal.shipped import ShippedClassifier

        return ShippedClassifier(folder)
    from masthead.reading.portrayal.folder import FolderClassifier

    return FolderClassifier(folder, name, labels)


def reads(classifier: Classifier, language: str | None) -> bool:
    """True for text in a language that the classifier reads, or that nobody has named (codes as in ISO 639)."""
    if classifier.languages is None or language is None:
        return True
    code = language.lower().split("-")[0]
    return code in ("", "und") or code in classifier.languages
