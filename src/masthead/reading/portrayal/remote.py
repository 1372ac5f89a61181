"""A language model at an address that speaks OpenAI's chat completions: asked sentence by sentence, names left out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue
from urllib.parse import urlsplit

import numpy as np
from pydantic import SecretStr

from masthead.errors import ReadingError
from masthead.reading.portrayal.answers import END, MARK, PROMPT, complaint_of, meaning_of
from masthead.reading.portrayal.classifier import CLASSES, Answer, AskedModel, Probabilities
from masthead.reading.portrayal.service import Service, UnansweredError, excerpt, key_from_environment
from masthead.reading.portrayal.wording import in_words
from masthead.study.parts import WrongAtError
from masthead.study.portrayal import KEY_VARIABLE, Portrayal, check_address
from masthead.study.written_files import read_written

WAITS = (1.0, 4.0, 15.0, 60.0)
"""Seconds between asking and asking again; a service that says how long to wait gets that time where it is longer."""

IN_A_ROW = 12
"""So many sentences in a row without an answer of use are no fault of the sentences: nothing more is asked."""

_TRIES_AT_WORDS = 3
"""How often a sentence is asked about whose answers are of no use."""
_SHOWN = 2_000
_LETTERS_A_TOKEN = 4

_log = logging.getLogger(__name__)


class RemoteClassifier:
    """The model `name` at `address`, the part before `/chat/completions` (`http://localhost:8000/v1`).

    Each sentence is a request of its own, `most_at_once` at a time, with `prompt` (None: Masthead's own). What is not
    answered, or not with a class, is asked again, up to five and three times, with growing `waits` (seconds) between;
    then it is set aside, with the reason. Sentences go to that address and to no other, without the names of the
    study's subjects, and with the key in the variable `key_variable` of the environment; a line of the log `masthead`,
    which goes to stderr, says so beforehand. `offline` asks nothing. Raises ReadingError where the address may not be
    used (`masthead.study.portrayal.check_address`).
    """

    lot = 4_000
    languages: frozenset[str] | None = None

    def __init__(
        self,
        address: str,
        name: str,
        *,
        allow_http: bool = False,
        prompt: str | None = None,
        temperature: float = 0.0,
        logprobs: bool = False,
        most_at_once: int = 4,
        key_variable: str = KEY_VARIABLE,
        timeout: float = 60.0,
        waits: Sequence[float] = WAITS,
        offline: bool = False,
    ) -> None:
        try:
            check_address(address, allow_http)
        except WrongAtError as wrong:
            raise ReadingError(str(wrong), wrong.expected, wrong.hint) from None
        self._url = address.rstrip("/") + "/chat/completions"
        self._service = Service(self._url, timeout)
        self._most_at_once, self._waits, self._offline = most_at_once, waits, offline
        self._key_variable = key_variable
        prompt = PROMPT if prompt is None else prompt
        self.asked_as: AskedModel = {
            "address": address,
            "model": name,
            "prompt": prompt,
            "prompt_hash": hashlib.sha256(prompt.encode()).hexdigest()[:16],
            "temperature": temperature,
            "logprobs": logprobs,
        }
        self.name = f"{name} at {address}"
        parts = [self._url, name, prompt, temperature, logprobs]
        self.version = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]

    @classmethod
    def of(cls, settings: Portrayal, *, offline: bool = False) -> RemoteClassifier:
        """Return the model that a study names. Raises ReadingError where its prompt cannot be read or says no mark."""
        return cls(
            settings.model or "",
            settings.name or "",
            allow_http=settings.unencrypted,
            prompt=None if settings.prompt is None else _prompt(Path(settings.prompt)),
            temperature=settings.temperature,
            logprobs=settings.logprobs,
            most_at_once=settings.most_at_once,
            key_variable=settings.key_variable,
            timeout=settings.timeout,
            offline=offline,
        )

    def read(self, texts: Sequence[str]) -> Probabilities:
        """Return the probabilities of each marked text, `[n, 3]`. Raises ReadingError where one has none."""
        rows = np.zeros((len(texts), len(CLASSES)), np.float32)
        for answer in self.answers(texts):
            if answer.probabilities is None:
                raise self._unread_error(answer.reason)
            rows[answer.place] = answer.probabilities
        return rows

    def answers(self, texts: Sequence[str]) -> Iterator[Answer]:
        """Yield the answer to each marked text as it comes, in any order; of one set aside, the reason.

        Raises ReadingError where the service answers nobody, or nothing of use to many in a row: these are not set
        aside, since they may be answered another time.
        """
        if not texts:
            return
        self._check_online(len(texts))
        key = key_from_environment(self._key_variable)
        self._announce(texts)
        stop = threading.Event()
        # What is of no use waits here until it is known that others were answered.
        useless: list[Answer] = []
        any_answer = False
        failure: Exception | None = None
        ahead = iter(enumerate(texts))
        questions: SimpleQueue[tuple[int, str] | None] = SimpleQueue()
        results: SimpleQueue[Answer | Exception] = SimpleQueue()
        for _ in range(self._most_at_once):
            # Daemons: who leaves does not wait for a service that hangs.
            threading.Thread(target=self._work, args=(questions, results, key, stop), daemon=True).start()
        n_asked = 0
        try:
            while True:
                while failure is None and n_asked < self._most_at_once and (one := next(ahead, None)):
                    questions.put(one)
                    n_asked += 1
                if not n_asked:
                    break
                # Where one has failed for all, what is on its way is still taken.
                answer = results.get()
                n_asked -= 1
                if isinstance(answer, Exception):
                    failure = answer
                elif answer.probabilities is None:
                    useless.append(answer)
                else:
                    any_answer = True
                    if failure is None:
                        yield from useless
                    useless.clear()
                    yield answer
                if len(useless) >= IN_A_ROW and failure is None:
                    failure = self._unread_error(useless[-1].reason)
                if failure is not None:
                    stop.set()
        finally:
            # Whoever waits to ask again does not hold up one who wants to leave.
            stop.set()
            for _ in range(self._most_at_once):
                questions.put(None)
        if failure is not None:
            raise failure
        if not any_answer and any(answer.no_answer for answer in useless):
            raise self._unread_error(useless[-1].reason)
        yield from useless

    def _work(
        self,
        questions: SimpleQueue[tuple[int, str] | None],
        results: SimpleQueue[Answer | Exception],
        key: SecretStr | None,
        stop: threading.Event,
    ) -> None:
        while (one := questions.get()) is not None:
            try:
                results.put(self._ask(*one, key, stop))
            except Exception as error:
                results.put(error)

    def _check_online(self, n: int) -> None:
        if self._offline:
            raise ReadingError(
                f"{_sentences(n)} not read yet, and {self._whom()} may not be asked offline",
                "an archive that holds all its answers",
                "leave `--offline` out, or leave `model` out of the study for the model that Masthead has",
            )

    def _whom(self) -> str:
        return f"'{excerpt(self.asked_as['model'])}' at {urlsplit(self._url).netloc}"

    def _announce(self, texts: Sequence[str]) -> None:
        letters = sum(map(len, texts)) + len(texts) * len(self.asked_as["prompt"])
        _log.warning(
            "note: %s sent to %s to read, without the subjects' names: some %s tokens",
            _sentences(len(texts)),
            self._whom(),
            f"{max(letters // _LETTERS_A_TOKEN, 1):,}",
        )

    def _ask(self, place: int, text: str, key: SecretStr | None, stop: threading.Event) -> Answer:
        question = self._question(text)
        words = reason = ""
        useless = requests = 0
        for seconds in (*self._waits, None):
            requests += 1
            asked_for = 0.0
            try:
                meaning = meaning_of(self._service.ask(question, key))
            except UnansweredError as error:
                if error.of_all and not (error.again and seconds is not None):
                    raise self._unread_error(str(error)) from None
                again, asked_for, words, reason = error.again, error.wait, "", str(error)
            else:
                words = meaning.words[:_SHOWN]
                if meaning.probabilities is not None:
                    return Answer(place, _now(), requests, meaning.probabilities, "", words, False)
                useless += 1
                again, reason = useless < _TRIES_AT_WORDS, complaint_of(meaning)
            if not again or seconds is None or stop.wait(max(seconds, asked_for)):
                break
        return Answer(place, _now(), requests, None, reason, words, no_answer=not useless)

    def _question(self, text: str) -> dict[str, object]:
        # An article that holds the marks' own letters does not mark anybody.
        plain = text.replace(MARK, "(party)").replace(END, "(/party)")
        question: dict[str, object] = {
            "model": self.asked_as["model"],
            "messages": [
                {"role": "system", "content": self.asked_as["prompt"]},
                {"role": "user", "content": in_words(plain, MARK, END)},
            ],
            "temperature": self.asked_as["temperature"],
        }
        return question | ({"logprobs": True, "top_logprobs": 5} if self.asked_as["logprobs"] else {})

    def _unread_error(self, trouble: str) -> ReadingError:
        return ReadingError(
            f"the model '{excerpt(self.asked_as['model'])}' at '{self._url}' cannot be read from: it {trouble}",
            "a service with OpenAI's chat completions",
            f"check the address, the model's name and the key in {self._key_variable}, and run the same command again: "
            "what was read is kept",
        )


def _sentences(n: int) -> str:
    return f"{n:,} sentence{'s are' if n != 1 else ' is'}"


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _prompt(path: Path) -> str:
    """Return the prompt in a file. Raises ReadingError where there is none, or it does not say who is asked about."""
    try:
        prompt = read_written(path, "a text file", ReadingError).strip()
    except FileNotFoundError:
        raise ReadingError(
            f"there is no prompt at '{path}'",
            "a text file beside the study",
            "write it, or leave `prompt` out",
        ) from None
    if MARK not in prompt:
        raise ReadingError(
            f"the prompt in '{path}' does not speak of {MARK}",
            f"a prompt that says that the party asked about is marked so: {MARK}they{END}",
            "say so, and that the answer is one of -1, 0 and 1",
        )
    return prompt
