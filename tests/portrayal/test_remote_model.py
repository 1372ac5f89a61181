"""A model at an address: what it is asked, what its answers mean, and what happens when it does not answer."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.archive import Archive
from masthead.errors import ReadingError
from masthead.reading.portrayal.answers import MARK, PROMPT, probabilities_in
from masthead.reading.portrayal.classifier import Answer
from masthead.reading.portrayal.remote import IN_A_ROW, RemoteClassifier
from masthead.reading.portrayal.service import UnansweredError
from masthead.study.portrayal import KEY_VARIABLE, Portrayal
from tests.portrayal.conftest import add
from tests.portrayal.test_portrayal_reader import keys, numbered, portrayals

TEXT = "[unused11] praised [unused1] they [unused2] and [unused3]."
Reply = tuple[int, str]


def content(told: object) -> Reply:
    """A reply whose message says `told`."""
    said = told if isinstance(told, str) else json.dumps(told)
    return 200, json.dumps({"choices": [{"message": {"content": said}}]})


def shares(unfavourable: float, neutral: float, favourable: float) -> Reply:
    return content({"unfavourable": unfavourable, "neutral": neutral, "favourable": favourable})


class Service:
    """A service on this computer that replies as `reply` says, and keeps what it was asked."""

    def __init__(self) -> None:
        self.reply: Callable[[dict[str, Any]], Reply] = lambda _: shares(0.1, 0.2, 0.7)
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                service.asked.append({"path": self.path, **body})
                service.headers.append(dict(self.headers))
                status, text = service.reply(body)
                try:
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(text.encode())))
                    self.end_headers()
                    self.wfile.write(text.encode())
                except OSError:
                    pass  # whoever asked has gone

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def model(self, **more: Any) -> RemoteClassifier:
        return RemoteClassifier(self.address, "big", **{"waits": (0.0, 0.0, 0.0)} | more)


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_it_is_asked_sentence_by_sentence_without_names(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "sesame")
    model = service.model()
    np.testing.assert_allclose(model.read([TEXT]), [[0.1, 0.2, 0.7]], atol=1e-6)
    assert service.asked == [
        {
            "path": "/v1/chat/completions",
            "model": "big",
            "temperature": 0.0,
            "messages": [
                {"role": "system", "content": PROMPT},
                {"role": "user", "content": "Party 1 praised <party>they</party> and they."},
            ],
        }
    ]
    assert service.headers[0]["Authorization"] == "Bearer sesame"
    monkeypatch.delenv(KEY_VARIABLE)
    model.read([TEXT])
    assert "Authorization" not in service.headers[1]
    assert model.read([]).shape == (0, 3)


def test_answers_come_back_in_order(service: Service) -> None:
    def slow_for_the_first(body: dict[str, Any]) -> Reply:
        number = int(re.findall(r"\d+", body["messages"][1]["content"])[-1])
        time.sleep(0.05 if number == 0 else 0)
        return shares(number / 10, 1 - number / 10, 0)

    service.reply = slow_for_the_first
    found = service.model().read([f"[unused1] they [unused2] saw {i}" for i in range(10)])
    np.testing.assert_allclose(found[:, 0], np.arange(10) / 10, atol=1e-6)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ('{"unfavourable": 0.2, "neutral": 0.3, "favourable": 0.5}', [0.2, 0.3, 0.5]),
        ('Sure:\n```json\n{"favourable": 50, "unfavourable": 20, "neutral": 30}\n```', [0.2, 0.3, 0.5]),
        ('{"a": 1} {"unfavourable": "0.2", "neutral": "0.3", "favourable": "0.5"} Done.', [0.2, 0.3, 0.5]),
        ('{"unfavourable": 0, "neutral": 0, "favourable": 1}', [0, 0, 1]),
        ('{"unfavourable": 0, "neutral": 0, "favourable": 0}', None),
        ('{"unfavourable": -1, "neutral": 1, "favourable": 1}', None),
        ('{"unfavourable": NaN, "neutral": 1, "favourable": 1}', None),
        ('{"unfavourable": 1, "neutral": Infinity, "favourable": 1}', None),
        ('{"unfavourable": [1], "neutral": 1, "favourable": 1}', None),
        ('{"negative": 1, "neutral": 0, "positive": 0}', None),
        ("favourable", [0, 0, 1]),
        ("-1", [1, 0, 0]),
        ("\u22121.", [1, 0, 0]),
        (" 0\n", [0, 1, 0]),
        ("**+1**", [0, 0, 1]),
        ("Negative", [1, 0, 0]),
        ('{"portrayal": -1}', [1, 0, 0]),
        ("<think>0? No, 1: it is praise.</think>\n\n-1", [1, 0, 0]),
        ("It accuses them.\n-1", [1, 0, 0]),
        ("0 or 1", None),
        ("It is -1", None),
        ("2", None),
        ("-1 1", None),
        ("\u0661", None),
        ('{"portrayal": 3}', None),
        ("\u65e0\u6cd5\u5224\u65ad", None),
        ("", None),
        ("{" * 5_000, None),
    ],
)
def test_what_an_answer_means(answer: str, expected: list[float] | None) -> None:
    found = probabilities_in(answer)
    assert found == (None if expected is None else pytest.approx(expected))


def with_logprobs(told: str, **tops: float) -> Reply:
    tops_given = [{"token": token, "logprob": np.log(share)} for token, share in tops.items()]
    choice = {
        "message": {"content": told},
        "logprobs": {"content": [{"token": told, "top_logprobs": tops_given}]},
    }
    return 200, json.dumps({"choices": [choice]})


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (with_logprobs("-1", **{"-": 0.6, "0": 0.3, "1": 0.1}), [0.6, 0.3, 0.1]),
        (with_logprobs("0", **{"0": 0.45, " 1": 0.2, "1": 0.25, "The": 0.1}), [0, 0.5, 0.5]),
        (with_logprobs("0", **{"The": 0.9, "0": 0.1}), [0, 1, 0]),
        (with_logprobs("1"), [0, 0, 1]),
    ],
)
def test_probabilities_of_the_first_word_are_taken_where_they_are_given(
    service: Service, reply: Reply, expected: list[float]
) -> None:
    service.reply = lambda _: reply
    np.testing.assert_allclose(service.model(logprobs=True).read([TEXT]), [expected], atol=1e-6)
    assert (service.asked[0]["logprobs"], service.asked[0]["top_logprobs"]) == (True, 5)


@given(st.text(alphabet='{}":,.0123456789 unfavourableNI-'))
def test_no_answer_breaks_it(answer: str) -> None:
    found = probabilities_in(answer)
    assert found is None or sum(found) == pytest.approx(1)


@pytest.mark.parametrize(
    "trouble", [(500, "oops"), (429, "wait"), content("no idea"), (200, "<html>"), (200, "[]")]
)
def test_one_that_fails_is_asked_again(service: Service, trouble: Reply) -> None:
    replies = iter([trouble, trouble, shares(0, 1, 0)])
    service.reply = lambda _: next(replies)
    assert service.model().read([TEXT]).tolist() == [[0, 1, 0]]
    # Asked as before: an answer hangs on nothing that is not said of it.
    assert service.asked[0] == service.asked[1] == service.asked[2]


@pytest.mark.parametrize(
    ("reply", "says", "times"),
    [
        ((401, "no"), "it answered 401", 1),
        ((404, "no"), "it answered 404", 1),
        ((503, "no"), "it answered 503", 4),
        (content("I cannot say."), "it answered 'I cannot say.', which holds no class", 3),
    ],
)
def test_one_that_goes_on_failing_is_an_error(service: Service, reply: Reply, says: str, times: int) -> None:
    service.reply = lambda _: reply
    with pytest.raises(ReadingError, match=says) as caught:
        service.model().read([TEXT])
    assert "what was read is kept" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(service.asked) == times


def test_one_that_takes_too_long(service: Service) -> None:
    done = threading.Event()
    service.reply = lambda _: (done.wait(5), shares(0, 1, 0))[1]
    with pytest.raises(ReadingError, match=r"it did not answer .*timed out"):
        service.model(timeout=0.05).read([TEXT])
    done.set()


def test_nobody_there() -> None:
    with pytest.raises(ReadingError, match=r"it did not answer .*refused"):
        RemoteClassifier("http://127.0.0.1:9/v1", "big", waits=(0.0,)).read([TEXT])


def test_one_that_stops_half_way_keeps_what_it_read(service: Service, archive: Archive) -> None:
    add(archive, numbered(120))
    stopped = threading.Event()
    service.reply = lambda _: (
        (503, "full") if len(service.asked) > 100 or stopped.is_set() else shares(0, 1, 0)
    )
    reading = portrayals(archive, service.model())
    with pytest.raises(ReadingError, match="503"):
        reading.read(keys(reading))
    service.asked.clear()
    service.reply = lambda _: shares(0, 1, 0)
    again = portrayals(archive, service.model())
    assert again.read(keys(again)).num_rows == 120
    # Of what was on its way when it stopped, some was answered.
    assert len(service.asked) <= 120 - 100


def test_one_sentence_that_is_of_no_use_is_set_aside_and_holds_nobody_up(service: Service) -> None:
    def reply(body: dict[str, Any]) -> Reply:
        number = int(re.findall(r"\d+", body["messages"][1]["content"])[-1])
        odd = {
            3: content("I will not judge that."),
            5: (400, "content filter"),
            6: (500, "oops"),
            7: (200, json.dumps({"choices": [{"message": {"content": None, "refusal": "No."}}]})),
            8: (200, json.dumps({"choices": [{"message": {"content": "The"}, "finish_reason": "length"}]})),
        }
        return odd.get(number) or content("1")

    service.reply = reply
    answers = {
        one.place: one
        for one in service.model().answers([f"[unused1] they [unused2] saw {i}" for i in range(12)])
    }
    assert sorted(answers) == [*range(12)]
    useless = {place: one for place, one in answers.items() if one.probabilities is None}
    assert {place: (one.requests, one.no_answer) for place, one in useless.items()} == {
        3: (3, False),
        5: (1, True),
        6: (4, True),
        7: (3, False),
        8: (3, False),
    }
    assert "(refused)" in useless[7].reason
    assert "(cut off)" in useless[8].reason
    assert useless[3].words == "I will not judge that."


@pytest.mark.parametrize("trouble", [content("no"), (400, "no"), (503, "no")])
def test_many_in_a_row_are_no_fault_of_the_sentences(service: Service, trouble: Reply) -> None:
    def reply(body: dict[str, Any]) -> Reply:
        number = int(re.findall(r"\d+", body["messages"][1]["content"])[-1])
        return content("0") if number < 30 else trouble

    service.reply = reply
    texts = [f"[unused1] they [unused2] saw {i}" for i in range(200)]
    answers: list[Answer] = []
    with pytest.raises(ReadingError, match="what was read is kept"):
        answers.extend(service.model().answers(texts))
    # Three at most were on their way beside the last that was answered.
    assert sum(one.probabilities is not None for one in answers) == 30
    assert len(answers) <= 30 + 3
    assert len(service.asked) <= 30 + 4 * (3 + IN_A_ROW + 4)


@pytest.mark.parametrize(("trouble", "n_answers"), [((503, "no"), 0), (content("no"), 3)])
def test_where_nobody_was_answered_no_sentence_is_blamed(
    service: Service, trouble: Reply, n_answers: int
) -> None:
    service.reply = lambda _: trouble
    answers = service.model().answers([f"[unused1] they [unused2] saw {i}" for i in range(3)])
    if n_answers:
        assert [one.probabilities for one in answers] == [None] * n_answers
    else:
        with pytest.raises(ReadingError, match="503"):
            next(answers)


def test_it_waits_longer_each_time_and_as_long_as_it_is_asked_to(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(threading.Event, "wait", lambda self, seconds=None: waits.append(seconds) or False)
    model = service.model(waits=(1.0, 4.0, 15.0, 60.0))
    monkeypatch.setattr(
        model._service, "ask", lambda *_: (_ for _ in ()).throw(UnansweredError("is busy", True, wait=9.0))
    )
    answer = model._ask(0, TEXT, None, threading.Event())
    assert (answer.requests, answer.probabilities, answer.reason) == (5, None, "is busy")
    assert waits == [9.0, 9.0, 15.0, 60.0]


def test_how_many_are_asked_at_once(service: Service) -> None:
    now, most = 0, 0
    lock = threading.Lock()

    def reply(_: dict[str, Any]) -> Reply:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.02)
        with lock:
            now -= 1
        return content("0")

    service.reply = reply
    service.model(most_at_once=2).read([f"[unused1] they [unused2] saw {i}" for i in range(10)])
    assert most == 2


def test_an_article_that_holds_the_marks_letters_marks_nobody(service: Service) -> None:
    service.model().read(["<party>Party 9</party> met [unused1] they [unused2]."])
    assert service.asked[0]["messages"][1]["content"] == "(party)Party 9(/party) met <party>they</party>."


def test_offline_it_asks_nothing(service: Service) -> None:
    with pytest.raises(ReadingError, match=r"1 sentence is not read yet, and 'big' at 127\.0\.0\.1.*offline"):
        service.model(offline=True).read([TEXT])
    assert not service.asked


def test_it_says_where_sentences_go_before_they_do(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    messages: list[list[str]] = []
    service.reply = lambda _: messages.append([*caplog.messages]) or content("0")  # type: ignore[func-returns-value]
    service.model().read([TEXT, TEXT])
    host = service.address.split("/")[2]
    (line,) = caplog.messages
    assert line.startswith(
        f"note: 2 sentences are sent to 'big' at {host} to read, without the subjects' names"
    )
    assert messages[0] == [line]


def test_its_version_is_of_all_that_its_answers_hang_on() -> None:
    versions = {
        RemoteClassifier(address, name).version
        for address in ("https://a.example/v1", "https://b.example/v1")
        for name in ("big", "small")
    }
    assert len(versions) == 4
    others: list[dict[str, Any]] = [{"prompt": f"Judge {MARK}."}, {"temperature": 0.5}, {"logprobs": True}]
    for more in others:
        versions.add(RemoteClassifier("https://a.example/v1", "big", **more).version)
    assert len(versions) == 7
    same: list[dict[str, Any]] = [
        {"timeout": 5},
        {"most_at_once": 9},
        {"key_variable": "OTHER"},
        {"offline": True},
    ]
    for more in same:
        assert RemoteClassifier("https://a.example/v1/", "big", **more).version in versions


def test_a_study_says_how_it_is_asked(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompt = tmp_path / "prompt.txt"
    settings = Portrayal(
        model=service.address,
        name="big",
        prompt=str(prompt),
        key_variable="LAB_KEY",
        temperature=0.3,
        most_at_once=1,
    )
    with pytest.raises(ReadingError, match="there is no prompt at"):
        RemoteClassifier.of(settings)
    prompt.write_text("Say -1, 0 or 1.")
    with pytest.raises(ReadingError, match="does not speak of <party>"):
        RemoteClassifier.of(settings)
    prompt.write_text("Say -1, 0 or 1 of <party>they</party>. \u00c9coutez.\n")
    model = RemoteClassifier.of(settings)
    with pytest.raises(ReadingError, match="there is no key in LAB_KEY"):
        model.read([TEXT])
    assert not service.asked
    monkeypatch.setenv("LAB_KEY", "sesame")
    model.read([TEXT])
    assert service.headers[0]["Authorization"] == "Bearer sesame"
    assert service.asked[0]["temperature"] == 0.3
    assert (
        service.asked[0]["messages"][0]["content"] == "Say -1, 0 or 1 of <party>they</party>. \u00c9coutez."
    )
