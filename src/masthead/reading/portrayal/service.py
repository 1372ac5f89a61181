"""A service at an address: asked there and nowhere else, with a key that nobody is shown, for an answer that ends."""

from __future__ import annotations

import email.utils
import http.client
import json
import math
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from masthead.errors import ReadingError
from masthead.study.portrayal import KEY_VARIABLE, is_loopback

PROXY = "MASTHEAD_MODEL_PROXY"
"""The environment variable with the address of the proxy to go through; no other variable is looked at."""

LONGEST_ANSWER = 1_000_000
"""Bytes of an answer that are read."""

LONGEST_WAIT = 120.0
"""Seconds that are waited because a service asks for it."""

DEEPEST = 32
"""Brackets within brackets that an answer may have."""

_CHUNK = 65_536
_SHOWN = 80
# A string, whole or cut off, is passed over; possessive, so that no text is gone through twice.
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


class UnansweredError(Exception):
    """A request without an answer of use: why, in words that go on after `it`.

    `again` if asking again may help, after `wait` seconds at least; `of_all` if no other question would fare better.
    """

    def __init__(self, why: str, again: bool, of_all: bool = False, wait: float = 0.0) -> None:
        super().__init__(why)
        self.again = again
        self.of_all = of_all
        self.wait = wait


class Service:
    """What answers POST requests at `url`.

    The key that goes with a question goes to that address and to no other, and is blanked in whatever the service says.
    """

    def __init__(self, url: str, timeout: float) -> None:
        self._url = url
        self._timeout = timeout
        host = urlsplit(url).hostname or ""
        self._proxy = None if is_loopback(host) else _proxy()
        proxies = dict.fromkeys(("http", "https"), self._proxy) if self._proxy else {}
        # With these alone, and not urllib's usual ones, a redirect is an answer like any other that is no 200.
        self._opener = urllib.request.OpenerDirector()
        for one in (
            urllib.request.ProxyHandler(proxies),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
        ):
            self._opener.add_handler(one)

    def ask(self, question: Mapping[str, object], key: SecretStr | None) -> str:
        """Send a question as JSON; return what comes back, as text without the key. Raises UnansweredError."""
        headers = {"Content-Type": "application/json", "User-Agent": "masthead"}
        # Study files allow no other scheme than http and https.
        request = urllib.request.Request(self._url, json.dumps(question).encode(), headers)  # noqa: S310
        if key is not None:
            request.add_unredirected_header("Authorization", f"Bearer {key.get_secret_value()}")
        until = time.monotonic() + self._timeout
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                return _without_key(_body(response, until).decode("utf-8", "replace"), key)
        except urllib.error.HTTPError as error:
            error.close()
            raise _refusal(error, key) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            why = excerpt(_without_key(str(getattr(error, "reason", None) or error), key))
            # One question may take too long. Where nobody listens, no other is answered.
            nobody = isinstance(error, urllib.error.URLError) and not isinstance(error.reason, TimeoutError)
            raise UnansweredError(
                f"did not answer ({why}){self._maybe_a_proxy()}", again=True, of_all=nobody
            ) from None

    def _maybe_a_proxy(self) -> str:
        if self._proxy or not urllib.request.getproxies():
            return ""
        return f"; the proxies that this computer names are not used: if one is needed, name it in {PROXY}"


def key_from_environment(variable: str = KEY_VARIABLE) -> SecretStr | None:
    """Return the key in a variable of the environment, without the blanks around it; None where there is none.

    Wrapped, so that a traceback that prints variables does not print it.

    Raises ReadingError where it holds what no key does: a line end or a curly quotation mark that was copied along; and
    where there is none in a variable that is not the usual one, and so was asked for.
    """
    key = SecretStr(os.environ.get(variable, "").strip())
    if not all("!" <= letter <= "~" for letter in key.get_secret_value()):
        raise ReadingError(
            f"the key in {variable} holds a blank, a line end or a letter that no key has",
            "one word of plain letters, digits and signs",
            f"copy the key again, alone, and set {variable} to it",
        )
    if key.get_secret_value():
        return key
    if variable != KEY_VARIABLE:
        raise ReadingError(
            f"there is no key in {variable}, which the study names as its `key_variable`",
            "an environment variable of that name that holds the key",
            "set it, or leave `key_variable` out where the address asks for no key",
        )
    return None


def excerpt(text: str) -> str:
    """Return the start of what a service said, without line ends or anything else that a terminal would act on."""
    return repr(text)[1:-1][:_SHOWN]


def parse_json(text: str) -> Any:
    """Return what JSON says. Raises ValueError where it is none, or nested deeper than an answer can be."""
    depth = 0
    for bracket in _BRACKETS.findall(text):
        depth += 1 if bracket in ("[", "{") else -1 if bracket in ("]", "}") else 0
        if depth > DEEPEST:
            raise ValueError("nested too deep")
    return json.loads(text)


def _without_key(text: str, key: SecretStr | None) -> str:
    return text.replace(key.get_secret_value(), "…") if key else text


def _proxy() -> str | None:
    """Return the proxy that the environment asks for; None where it asks for none. Raises ReadingError."""
    proxy = os.environ.get(PROXY, "").strip()
    if not proxy:
        return None
    parts = urlsplit(proxy)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        # Not shown: it may hold a password.
        raise ReadingError(
            f"{PROXY} holds no address of a proxy", "such as http://proxy.example:3128", "mend it"
        )
    return proxy


def _body(response: http.client.HTTPResponse, until: float) -> bytes:
    """Read an answer. Raises UnansweredError where it does not end."""
    chunks: list[bytes] = []
    length = 0
    while chunk := response.read1(_CHUNK):
        length += len(chunk)
        if length > LONGEST_ANSWER:
            raise UnansweredError(f"answered with more than {LONGEST_ANSWER:,} bytes", again=True)
        if time.monotonic() > until:
            raise TimeoutError("timed out")
        chunks.append(chunk)
    return b"".join(chunks)


def _refusal(error: urllib.error.HTTPError, key: SecretStr | None) -> UnansweredError:
    # The words beside the number are the service's own, and may be anything.
    phrase = http.client.responses.get(error.code, "")
    why = f"answered {error.code} {phrase}".rstrip()
    if 300 <= error.code < 400:
        where = excerpt(_without_key(str(error.headers.get("Location", "nowhere")), key))
        why += f" and points to {where}: no redirect is followed, for key and sentences would go there"
    again = error.code >= 500 or error.code in (408, 425, 429)
    # What may be wrong with one question alone: it is not understood, too long, or may not be spoken of.
    of_all = error.code not in (400, 408, 413, 422) and error.code < 500
    return UnansweredError(why, again, of_all, _wait(error.headers.get("Retry-After")))


def _wait(retry_after: str | None) -> float:
    """Return how many seconds a service asks to wait, as it says in seconds or by a date; at most LONGEST_WAIT."""
    words = (retry_after or "").strip()
    try:
        seconds = float(words)
    except ValueError:
        try:
            seconds = email.utils.parsedate_to_datetime(words).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return 0.0
    return min(max(seconds, 0.0), LONGEST_WAIT) if math.isfinite(seconds) else 0.0
