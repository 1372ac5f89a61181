"""Labels that say in what state somebody is: `X, besieged since March,`, `occupied and hungry X`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.reading.lexicon import STATES
from masthead.reading.naming.shapes import shape
from masthead.reading.parsing.phrases import Label, Sentence

_REACH = 14
_STATE_BEFORE = re.compile(
    r"\A(?:[^ /]+/RB )*(?P<state>[^ /]+/(?:VBN|VBD|JJ) )(?:(?!,/)[^ /]+/(?!VB[DZP])\S+ ){0,6},/, "
    r"(?:[^ /]+/DT [^ /]+/NN of/IN )?$"
)
_STATE_AFTER = re.compile(
    r"\A(?:(?:,/,|[^ /]+/:|-LRB-/\S+) (?:[^ /]+/RB |for/IN \S+ )?|(?:,/, )?(?:be/VB[DZP] |remain/VB[DZP] |stay/VB[DZP] "
    r"|have/VB\S (?:[^ /]+/RB )*(?:be|remain)/VBN )(?:(?!not/|n't/|never/)[^ /]+/RB )*)"
    r"(?P<state>[^ /]+/(?:VBN|VBD|JJ) )"
)


def state_labels(sentence: Sentence, head: int) -> Iterator[Label]:
    """Yield `besieged` for `X, besieged since March,`, `X remains besieged` and `Besieged since March, X`."""
    if STATES.isdisjoint(sentence.words) or head not in sentence.names:
        return
    tags = sentence.parse.tags
    before = shape(sentence, 0, head)
    states = []
    match = _STATE_BEFORE.match(before) if head < _REACH else None
    if match:
        states.append(before.count(" ", 0, match.start("state")))
    behind = shape(sentence, head + 1, head + 1 + _REACH)
    match = _STATE_AFTER.match(behind)
    if match:
        states.append(head + 1 + behind.count(" ", 0, match.start("state")))
    # `reached occupied and hungry X`
    token = head - 1
    while token >= 0 and tags[token] in ("JJ", "CC", "VBN", "VBD", "RB", ","):
        states.append(token)
        token -= 1
    if "CC" not in tags[token + 1 : head] or (token >= 0 and tags[token] not in ("IN", "DT", "VB", "TO")):
        states = [t for t in states if t >= head or t < token + 1]
    for token in states:
        if sentence.parse.lemmas[token] in STATES:
            label = sentence.label(token, "modifier")
            if label is not None:
                yield label._replace(text=sentence.parse.word(token).lower())
