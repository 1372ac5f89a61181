"""The part of a study that says which model reads how a sentence portrays a subject, and where it may be asked."""

from __future__ import annotations

import ipaddress
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import field_validator, model_validator

from masthead.study_parts import Part

Portrayed = Literal["unfavourable", "neutral", "favourable"]

PORTRAYED: dict[str, Portrayed] = {
    **dict.fromkeys(("unfavourable", "unfavorable", "negative", "neg"), "unfavourable"),
    **dict.fromkeys(("neutral", "neu"), "neutral"),
    **dict.fromkeys(("favourable", "favorable", "positive", "pos"), "favourable"),
}
"""What classifiers call the three ways to portray somebody, in small letters, and which of them each word means."""


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

    @field_validator("labels", mode="before")
    @classmethod
    def _one_of_each(cls, value: object) -> object:
        if not isinstance(value, list | tuple):
            return value
        told = [PORTRAYED.get(str(label).lower(), str(label)) for label in value]
        if sorted(told) != sorted({*PORTRAYED.values()}):
            raise ValueError(
                f"{list(value)} is not one each of unfavourable, neutral and favourable "
                "(or negative, neutral and positive)"
            )
        return told

    @property
    def is_remote(self) -> bool:
        """True where a service is asked, at an address, so that sentences leave this program."""
        return self.model is not None and self.model.lower().startswith(("http://", "https://"))

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.model is not None and not self.model.strip():
            raise ValueError("the model is empty: give a folder or an address, or leave it out")
        if self.is_remote and not self.name:
            raise ValueError("an address needs the `name` of the model to ask there")
        if self.model is None and (self.name or self.labels):
            raise ValueError("`name` and `labels` are of a `model`, and none is given")
        if self.model is not None and self.is_remote:
            check_address(self.model, self.unencrypted)
        elif self.unencrypted:
            raise ValueError("`unencrypted` is of a model at an address, and none is given")
        return self


def check_address(address: str, unencrypted: bool = False) -> None:
    """Raise ValueError, in a sentence about the address of a service, where nothing may be sent there.

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
        raise ValueError(
            "the model's address holds a user or a password: leave it out, and give a key instead"
        )
    if not host or not address.isascii() or not address.isprintable() or " " in address:
        raise ValueError(f"{address!r} is no address: write it as in https://models.example/v1")
    if "?" in address or "#" in address:
        raise ValueError(
            f"the address {address!r} has a '?' or a '#': give it up to /chat/completions, without"
        )
    if parts.scheme != "https" and not is_loopback(host) and not unencrypted:
        raise ValueError(
            f"the address {address!r} is neither https nor of this computer, so that anybody on the way could read "
            "the sentences and the key: write https, or `unencrypted = true` beside it if that may be"
        )


def is_loopback(host: str) -> bool:
    """True for a host that is this computer itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
