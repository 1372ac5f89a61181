"""Parsing masked sentences with spaCy: in this process, or as a worker that reads and writes Arrow."""

from __future__ import annotations

import os
import signal
import struct
import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import BinaryIO

import pyarrow as pa

PARSE_SCHEMA = pa.schema(
    [
        pa.field("text", pa.string(), nullable=False),
        pa.field("starts", pa.list_(pa.int32()), nullable=False),
        pa.field("ends", pa.list_(pa.int32()), nullable=False),
        pa.field("heads", pa.list_(pa.int32()), nullable=False),
        pa.field("tags", pa.string(), nullable=False),
        pa.field("deps", pa.string(), nullable=False),
        pa.field("lemmas", pa.string(), nullable=False),
    ]
)
"""A parsed sentence: its masked text; per token its code points [start, end), the index of its head (its own
for a root), and, joined by spaces, its Penn Treebank tag, its relation to the head, and its lemma, lower case."""

_BATCH = 256


@lru_cache(maxsize=1)
def _known_lemmas() -> dict[tuple[str, str], str]:
    """The lemmas of words and tags that were looked up in this process: as the model, the same for every parser."""
    return {}


class Parser:
    """Parses sentences. Loading takes about a second."""

    def __init__(self) -> None:
        from masthead.reading.parsing.model import load_model

        self._model = load_model()
        self._lemmas = _known_lemmas()

    def parse(self, texts: Sequence[str]) -> pa.Table:
        """Return PARSE_SCHEMA, one row per text, in their order."""
        # Sentences of like length together: the parser steps through a batch until its longest is done.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        rows: list[tuple[object, ...]] = [()] * len(texts)
        docs = self._model.pipe((texts[i] for i in order), batch_size=_BATCH)
        for i, doc in zip(order, docs, strict=True):
            words = [token.text for token in doc]
            tags = [_tag(token.tag_, word) for token, word in zip(doc, words, strict=True)]
            starts = [token.idx for token in doc]
            rows[i] = (
                texts[i],
                starts,
                [start + len(word) for start, word in zip(starts, words, strict=True)],
                [token.head.i for token in doc],
                " ".join(tags),
                " ".join([token.dep_ or "dep" for token in doc]),
                list(zip(words, tags, strict=True)),
            )
        self._look_up({pair for row in rows for pair in row[-1]})  # type: ignore[attr-defined]
        lemmas = self._lemmas
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in PARSE_SCHEMA]
        columns[-1] = [" ".join([lemmas[pair] for pair in pairs]) for pairs in columns[-1]]
        return pa.table(
            [pa.array(c, field.type) for c, field in zip(columns, PARSE_SCHEMA, strict=True)],
            schema=PARSE_SCHEMA,
        )

    def _look_up(self, pairs: set[tuple[str, str]]) -> None:
        """Lemmatise the words and tags that are new."""
        from spacy.tokens import Doc

        new = sorted(pairs - self._lemmas.keys())
        if not new:
            return
        # A plural in a headline's capitals is tagged as a name; its lemma is that of the word in small letters.
        words_and_tags = [(w.lower(), "NNS") if t == "NNPS" else (w, t) for w, t in new]
        doc = Doc(
            self._model.vocab, words=[w for w, _ in words_and_tags], tags=[t for _, t in words_and_tags]
        )
        for name in ("attribute_ruler", "lemmatizer"):
            doc = self._model.get_pipe(name)(doc)
        for pair, token in zip(new, doc, strict=True):
            lemma = token.lemma_.lower() or pair[0].lower()
            self._lemmas[pair] = "".join(lemma.split()) or "_"


def _tag(tag: str, word: str) -> str:
    """Return the tag of a word; one in small letters is no name, whatever the tagger makes of it."""
    if tag in ("NNP", "NNPS") and word.islower():
        return "NNS" if tag == "NNPS" else "NN"
    return tag or "XX"


def send(stream: BinaryIO, table: pa.Table) -> None:
    """Write one table to a pipe: its length in eight bytes, then an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    body = sink.getvalue()
    stream.write(struct.pack("<Q", body.size))
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO) -> pa.Table | None:
    """Read one table from a pipe; None where the other side has closed it."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    (size,) = struct.unpack("<Q", head)
    body = stream.read(size)
    if len(body) < size:
        return None
    return pa.ipc.open_stream(body).read_all()


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Parse every table of texts that arrives, until the other side closes the pipe or dies."""
    parser = Parser()
    while (table := receive(requests)) is not None:
        send(replies, parser.parse(table["text"].to_pylist()))


def main() -> None:
    """Be a worker: sentences in from standard input, parses out to standard output; end quietly where nobody reads."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:
        os._exit(1)
