"""The part of a study that says which model reads how a sentence portrays a subject, and where it may be asked."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from masthead.study.parts import Part, WrongAtError

Portrayed = Literal["unfavourable", "neutral", "favourable"]

PORTRAYED: dict[str, Portrayed] = {
    **dict.fromkeys(("unfavourable", "unfavorable", "negative", "neg"), "unfavourable"),
    **dict.fromkeys(("neutral", "neu"), "neutral"),
    **dict.fromkeys(("favourable", "favorable", "positive", "pos"), "favourable"),
}
"""What classifiers call the three ways to portray somebody, in small letters, and which of them each word means."""

KEY_VARIABLE = "MASTHEAD_MODEL_KEY"
"""The environment variable in which the key of a service is looked for, where a study names no other."""

_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,99}")
_OF_AN_ADDRESS = (
    "prompt",
    "key_variable",
    "temperature",
    "logprobs",
    "most_at_once",
    "timeout",
    "unencrypted",
)
"""The keys that say how a model at an address is asked."""


class Portrayal(Part):
    """Which model reads how a sentence portrays a subject; without `model`, the one that Masthead ships.

    Where it is at an address, sentences leave the machine, with the names of subjects masked.
    """

    model: str | None = None
    """A folder with a Hugging Face sequence classifier, or the address of a service that answers as OpenAI's
    chat completions do. Example: `"models/my-classifier"`"""
    name: str | None = None
    """What estimates call the model; at an address, the model to ask there. Example: `"my-classifier 2"`"""
    labels: tuple[Portrayed, Portrayed, Portrayed] | None = None
    """The order of a classifier's three classes, where its own configuration does not name them.
    Example: `["negative", "neutral", "positive"]`"""
    unencrypted: bool = False
    """Whether an address on another computer may lack https, so that anybody on the way can read what is sent.
    Example: `true`"""
    prompt: str | None = Field(default=None, min_length=1)
    """A text file, beside the study, that tells a model at an address what to judge; without it, Masthead's own words.
    It has to say that `<party>they</party>` is who is asked about. Example: `"portrayal-prompt.txt"`"""
    key_variable: str = KEY_VARIABLE
    """The name of the environment variable that holds the key of an address. The key itself stands in no file.
    Example: `"LAB_MODEL_KEY"`"""
    temperature: Annotated[float, Field(ge=0, le=2)] = 0.0
    """How much chance a model at an address may put into its answers: 0 as little as it can, 2 the most.
    Example: `0`"""
    logprobs: bool = False
    """Whether a model at an address is asked how probable each of its answers was, which not every service says.
    Example: `true`"""
    most_at_once: Annotated[int, Field(ge=1, le=64)] = 4
    """How many sentences an address is asked about at the same time. Example: `4`"""
    timeout: Annotated[float, Field(ge=1, le=3600)] = 60.0
    """Seconds after which an answer of an address is not waited for any more. Example: `60`"""

    @field_validator("key_variable")
    @classmethod
    def _no_key(cls, name: str) -> str:
        if not _VARIABLE.fullmatch(name):
            # Without what was written: it may be the key.
            raise WrongAtError(
                "the `key_variable` is no name of an environment variable",
                expected="a name of capital letters, digits and '_', such as MASTHEAD_MODEL_KEY; never the key itself",
                hint="set a variable of that name to the key, in the terminal",
            )
        return name

    @field_validator("labels", mode="before")
    @classmethod
    def _one_of_each(cls, value: object) -> object:
        if not isinstance(value, list | tuple):
            return value
        labels = [PORTRAYED.get(str(label).lower(), str(label)) for label in value]
        if sorted(labels) != sorted({*PORTRAYED.values()}):
            raise WrongAtError(
                f"the labels are {', '.join(map(repr, value)) or 'none'}",
                expected="'unfavourable', 'neutral' and 'favourable', each once (or 'negative', 'neutral' and "
                "'positive')",
                hint="write them in the order of the model's classes",
            )
        return labels

    @property
    def is_remote(self) -> bool:
        """True where a service is asked, at an address, so that sentences leave this program."""
        return self.model is not None and self.model.lower().startswith(("http://", "https://"))

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.model is not None and not self.model.strip():
            raise WrongAtError(
                "the model is empty",
                "model",
                expected="a folder, or an address",
                hint="leave `model` out for the model that Masthead has",
            )
        if self.is_remote and not self.name:
            raise WrongAtError(
                "the model is at an address, and has no `name`",
                "model",
                expected="the `name` of the model that is asked there",
                hint="add it",
            )
        if self.model is None and (self.name or self.labels):
            raise WrongAtError(
                "there is a `name` or there are `labels`, and no `model`",
                "name" if self.name else "labels",
                expected="the `model` that they belong to",
                hint="add it, or leave them out",
            )
        if self.model is not None and self.is_remote:
            check_address(self.model, self.unencrypted)
            return self
        for key in _OF_AN_ADDRESS:
            if getattr(self, key) != type(self).model_fields[key].default:
                raise WrongAtError(
                    f"`{key}` stands without a model at an address",
                    key,
                    expected="a `model` such as http://192.168.1.5:8000/v1",
                    hint=f"leave `{key}` out",
                )
        return self


def check_address(address: str, unencrypted: bool = False) -> None:
    """Raise WrongAtError, in a sentence about the address of a service, where nothing may be sent there.

    It has to name a host and nothing that is secret; and it has to be https, of this computer, or `unencrypted`.
    """
    try:
        parts = urlsplit(address)
        host, secret, _ = parts.hostname, parts.username or parts.password, parts.port
        (host or "").encode("idna")
    except ValueError:
        host = secret = None
    if secret:
        # Without the address: it would be printed, and kept with every estimate.
        raise WrongAtError(
            "the model's address holds a user or a password",
            "model",
            expected="an address without them",
            hint="leave them out, and give a key instead",
        )
    if not host or not address.isascii() or not address.isprintable() or " " in address:
        raise WrongAtError(
            f"{address!r} is no address", "model", expected="an address such as https://models.example/v1"
        )
    if "?" in address or "#" in address:
        raise WrongAtError(
            f"the address {address!r} has a '?' or a '#'",
            "model",
            expected="an address without them, up to what stands before /chat/completions",
        )
    if parts.scheme != "https" and not is_loopback(host) and not unencrypted:
        raise WrongAtError(
            f"the address {address!r} is neither https nor of this computer, so that anybody on the way could read "
            "the sentences and the key",
            "model",
            expected="an address that begins with https",
            hint="write https, or `unencrypted = true` beside it if that may be",
        )


def is_loopback(host: str) -> bool:
    """True for a host that is this computer itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
