"""What `masthead survey --json` says of portrayal."""

from __future__ import annotations

from masthead.instruments.portrayal.instrument import INSTRUMENT
from masthead.measuring import instruments


def test_the_summary_says_who_read_and_leaves_out_the_cells() -> None:
    about = {"portrayal": {"model": "a model", "mentions_read": 3, "cells": [{"outlet": "gull"}]}}
    assert INSTRUMENT.summary(about) == {"portrayal": {"model": "a model", "mentions_read": 3}}


def test_it_is_null_where_nobody_asked_and_others_say_nothing() -> None:
    summaries = {name: one.summary({}) for name, one in instruments().items()}
    assert {name: told for name, told in summaries.items() if told} == {"portrayal": {"portrayal": None}}
