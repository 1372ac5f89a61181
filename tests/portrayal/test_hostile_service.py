"""A model's address that is hostile, or is another one than meant: what it gets of us, and what it can do to us."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from masthead.errors import ReadingError
from masthead.reading.portrayal.answers import probabilities_in
from masthead.reading.portrayal.remote import RemoteClassifier
from masthead.reading.portrayal.service import (
    DEEPEST,
    LONGEST_ANSWER,
    LONGEST_WAIT,
    PROXY,
    UnansweredError,
    parse_json,
)
from masthead.study.portrayal import KEY_VARIABLE as KEY
from masthead.study.portrayal import check_address
from tests.portrayal.test_remote_model import TEXT, shares

SECRET = "sk-5e5ame-0pen"
GOOD = shares(0.1, 0.2, 0.7)[1].encode()
Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(code: int = 200, body: bytes = GOOD, reason: str | None = None, **headers: str) -> Answer:
    def send(to: BaseHTTPRequestHandler) -> None:
        to.send_response(code, reason)
        for name, value in headers.items():
            to.send_header(name, value)
        to.send_header("Content-Length", str(len(body)))
        to.end_headers()
        to.wfile.write(body)

    return send


class Listener:
    """A service on this computer that answers anything as it is told to, and keeps each request's lines."""

    def __init__(self) -> None:
        self.answer = answer()
        self.requests: list[str] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def handle_one_request(self) -> None:
                self.raw_requestline = self.rfile.readline()
                if not self.raw_requestline or not self.parse_request():
                    self.close_connection = True
                    return
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                listener.requests.append(f"{self.requestline}\n{self.headers}")
                self.close_connection = True
                with contextlib.suppress(OSError):  # whoever asked may have gone
                    listener.answer(self)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def model(self, timeout: float = 5) -> RemoteClassifier:
        return RemoteClassifier(f"http://127.0.0.1:{self.port}/v1", "big", waits=(0.0,), timeout=timeout)

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    monkeypatch.setenv(KEY, SECRET)
    made = Listener()
    yield made
    made.close()


@pytest.fixture
def stranger() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


def trouble(model: RemoteClassifier) -> str:
    """Read a sentence; return the error, once it has shown the key nowhere: not in a traceback, nor as `repr`."""
    with pytest.raises(ReadingError) as caught:
        model.read([TEXT])
    printed = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    for text in (printed, repr(caught.value), repr(model), str(vars(model))):
        assert SECRET not in text
    said = str(caught.value)
    assert said.isprintable()
    assert len(said) < 700
    return said


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(service: Listener, stranger: Listener, code: int) -> None:
    service.answer = answer(code, b"", Location=f"http://localhost:{stranger.port}/v1/chat/completions")
    said = trouble(service.model())
    assert f"answered {code}" in said
    assert f"points to http://localhost:{stranger.port}" in said
    assert not stranger.requests
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    "where", ["/v1/elsewhere", "file:///etc/hostname", "ftp://127.0.0.1:9/x", "\x1b[31m", ""]
)
def test_nor_is_an_odd_one(service: Listener, where: str) -> None:
    service.answer = answer(302, b"", Location=where)
    assert "no redirect is followed" in trouble(service.model())
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    "echo",
    [
        answer(401, f"bad key {SECRET}".encode()),
        answer(401, b"", f"bad key {SECRET}"),
        answer(500, b"", f"{SECRET} \x1b[31m"),
        answer(200, f"you sent Bearer {SECRET} {SECRET}".encode()),
        answer(200, b"x" * 70 + SECRET.encode()),
        answer(302, b"", Location=f"http://a.example/?key={SECRET}"),
        lambda to: to.wfile.write(f"{SECRET}\r\n\r\n".encode()),
    ],
)
def test_a_key_that_comes_back_is_not_shown(service: Listener, echo: Answer) -> None:
    service.answer = echo
    trouble(service.model())
    assert f"Bearer {SECRET}" in service.requests[0]


@pytest.mark.parametrize("around", ["{}\n", "{}\r", "{}\r\n", "  {}\t", "\ufeff{}"[1:]])
def test_blanks_around_a_key_are_left_out(
    service: Listener, monkeypatch: pytest.MonkeyPatch, around: str
) -> None:
    monkeypatch.setenv(KEY, around.format(SECRET))
    service.model().read([TEXT])
    assert f"Authorization: Bearer {SECRET}\n" in service.requests[0]


@pytest.mark.parametrize(
    "around",
    [
        "{}\nX-Evil: 1",
        "{}\rX",
        "{}\u201d",
        "\ufeff{}",
        "{} x",
        "Bearer {}",
        "{}\u00e9",
        "{}\x7f",
        "{}\x1b[0m",
    ],
)
def test_a_key_that_is_none_is_sent_nowhere(
    service: Listener, monkeypatch: pytest.MonkeyPatch, around: str
) -> None:
    monkeypatch.setenv(KEY, around.format(SECRET))
    assert f"the key in {KEY}" in trouble(service.model())
    assert not service.requests


@pytest.mark.parametrize("key", ["", " \n"])
def test_an_empty_key_is_none(service: Listener, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv(KEY, key)
    service.model().read([TEXT])
    assert "Authorization" not in service.requests[0]


def test_an_answer_without_end_is_not_read_to_it(service: Listener) -> None:
    sent = 0

    def pour(to: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        to.send_response(200)
        to.end_headers()
        while sent < 60 * LONGEST_ANSWER:
            sent += to.wfile.write(b"{" * 65_536)

    service.answer = pour
    assert "more than 1,000,000 bytes" in trouble(service.model())
    # What lies on the way between the two counts as sent.
    assert sent < 3 * 15 * LONGEST_ANSWER


def test_one_that_comes_letter_by_letter_is_not_waited_for(service: Listener) -> None:
    def drip(to: BaseHTTPRequestHandler) -> None:
        to.send_response(200)
        to.end_headers()
        for _ in range(500):
            to.wfile.write(b"{")
            time.sleep(0.02)

    service.answer = drip
    began = time.monotonic()
    assert "timed out" in trouble(service.model(timeout=0.2))
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "body",
    [
        b'{"choices":' + b"[" * 100_000,
        b'{"choices":' * 80_000,
        b'"\\' * 200_000,
        b'{"choices": [{"message": {"content": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}]}",
        shares(0, 0, 1)[1].replace("1", "9" * 4_000).encode(),
        shares(0, 0, 1)[1].replace("1", "9" * 5_000).encode(),
        shares(0, 0, 1)[1].replace("1", "[" * 5_000 + "]" * 5_000).encode(),
        b"[[[]]]",
        b"\xff\xfe\x00",
        b"",
    ],
    ids=lambda body: body[:20],
)
def test_an_odd_answer_is_a_sentence(service: Listener, body: bytes) -> None:
    service.answer = answer(body=body)
    began = time.monotonic()
    assert "holds no class" in trouble(service.model())
    assert time.monotonic() - began < 5


def test_brackets_are_counted_where_they_are_brackets() -> None:
    assert parse_json("[" * DEEPEST + "]" * DEEPEST) is not None
    assert parse_json('{"a": "' + "[{" * 100 + '\\""}') == {"a": "[{" * 100 + '"'}
    with pytest.raises(ValueError, match="too deep"):
        parse_json('{"\\"": ' + "[" * DEEPEST + "]" * DEEPEST + "}")
    assert probabilities_in('{"unfavourable": 1, "neutral": 1, "favourable": ' + "9" * 400 + "}") is None


def test_a_proxy_that_nobody_asked_for_is_not_used(
    service: Listener, stranger: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{stranger.port}")
    monkeypatch.setenv("no_proxy", "")
    service.model().read([TEXT])

    def unknown(*args: object, **more: object) -> None:
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    far = RemoteClassifier("https://models.invalid/v1", "big", waits=(0.0,))
    assert f"name it in {PROXY}" in trouble(far)
    assert not stranger.requests


def test_one_that_was_asked_for_is_used_and_an_encrypted_key_is_hidden_from_it(
    service: Listener, stranger: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PROXY, f"http://127.0.0.1:{stranger.port}")
    service.model().read([TEXT])
    assert not stranger.requests  # this computer is reached without
    plain = RemoteClassifier("http://models.invalid/v1", "big", allow_http=True)
    assert plain.read([TEXT]).shape == (1, 3)
    assert stranger.requests[0].startswith("POST http://models.invalid/v1/chat/completions ")
    stranger.requests.clear()
    stranger.answer = answer(403)
    assert "did not answer" in trouble(RemoteClassifier("https://models.invalid/v1", "big", waits=(0.0,)))
    assert stranger.requests[0].startswith("CONNECT models.invalid:443 ")
    assert not any(SECRET in request for request in stranger.requests)


@pytest.mark.parametrize("proxy", ["proxy.example:3128", "socks5://user:pass@proxy.example", "http://"])
def test_a_proxy_that_is_none(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv(PROXY, proxy)
    with pytest.raises(ReadingError, match=f"{PROXY} holds no address") as caught:
        RemoteClassifier("https://models.invalid/v1", "big")
    assert "pass" not in str(caught.value)


@pytest.mark.parametrize(
    ("says", "seconds"),
    [
        ("7", 7),
        (" 0.5 ", 0.5),
        ("-3", 0),
        ("1e9", LONGEST_WAIT),
        ("inf", 0),
        ("nan", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("soon", 0),
        ("\u0661\u0662".encode().decode("latin-1"), 0),
        (None, 0),
    ],
)
def test_how_long_it_may_make_us_wait(service: Listener, says: str | None, seconds: float) -> None:
    service.answer = answer(429, b"", **({} if says is None else {"Retry-After": says}))
    with pytest.raises(UnansweredError, match="429") as caught:
        service.model()._service.ask({}, None)
    assert caught.value.again
    assert caught.value.of_all
    assert caught.value.wait == seconds


def test_an_address_that_is_not_encrypted_is_refused() -> None:
    with pytest.raises(ReadingError, match="neither https nor of this computer"):
        RemoteClassifier("http://models.example/v1", "big")
    RemoteClassifier("http://models.example/v1", "big", allow_http=True)


@pytest.mark.parametrize(
    "address",
    [
        "https://models.example/v1",
        "https://models.example:8443/v1/",
        "HTTPS://MODELS.example",
        "http://localhost:8000/v1",
        "http://127.0.0.1:8000/v1",
        "http://127.8.8.8/v1",
        "http://[::1]:8000/v1",
    ],
)
def test_where_a_key_may_go(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://models.example/v1", "neither https nor of this computer"),
        ("http://localhost.example/v1", "neither https"),
        ("http://127.0.0.1.example/v1", "neither https"),
        ("http://10.0.0.7:8000/v1", "neither https"),
        ("http://0.0.0.0:8000/v1", "neither https"),
        ("http://2130706433/v1", "neither https"),
        ("http://localhost@models.example/v1", "a user or a password"),
        ("https://me:hidden@models.example/v1", "a user or a password"),
        ("https://models.example/v1?key=x", r"has a '\?' or a '#'"),
        ("https://models.example/v1#", r"has a '\?' or a '#'"),
        ("https://models.example/v1\r\nX: 1", "is no address"),
        ("https://models.example/\u202ev1", "is no address"),
        ("https://models.example:port/v1", "is no address"),
        ("https://[models.example/v1", "is no address"),
        ("https:///v1", "is no address"),
        ("https://" + "a" * 70 + ".example/v1", "is no address"),
    ],
)
def test_where_it_may_not(address: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as caught:
        check_address(address)
    assert "hidden" not in str(caught.value)
