"""A model at an address: what it is asked, what its answers mean, and what happens when it does not answer."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.archive import Archive
from masthead.errors import ReadingError
from masthead.reading.portrayal.remote import KEY, PROMPT, RemoteClassifier, probabilities_in
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
        return RemoteClassifier(self.address, "big", waits=(0.0,), **more)


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
    monkeypatch.setenv(KEY, "sesame")
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
    monkeypatch.delenv(KEY)
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
        ("favourable", None),
        ("", None),
        ("{" * 5_000, None),
    ],
)
def test_what_an_answer_means(answer: str, expected: list[float] | None) -> None:
    found = probabilities_in(answer)
    assert found == (None if expected is None else pytest.approx(expected))


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
    assert [asked["temperature"] for asked in service.asked] == [0.0, 0.4, 0.8]


@pytest.mark.parametrize(
    ("reply", "says", "times"),
    [
        ((401, "no"), "it answered 401", 1),
        ((404, "no"), "it answered 404", 1),
        ((503, "no"), "it answered 503", 3),
        (content("I cannot say."), "it answered 'I cannot say.', which holds no probabilities", 3),
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
    assert len(service.asked) == 120 - 2 * RemoteClassifier.lot


def test_its_version_is_of_the_address_and_the_model() -> None:
    versions = {
        RemoteClassifier(address, name).version
        for address in ("https://a.example/v1", "https://b.example/v1")
        for name in ("big", "small")
    }
    assert len(versions) == 4
    assert RemoteClassifier("https://a.example/v1/", "big").version in versions
