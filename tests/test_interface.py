"""The names by which scripts of others use Masthead: code may be renamed, these may not."""

from __future__ import annotations

import inspect

import pytest
from pydantic import BaseModel

import masthead

NAMES = {
    "Archive": "add check counting create find gaps hash info ingests mend name open originals parts published"
    " set_frame snapshot sweep undo unnamed writer_lock",
    "Findings": "load of_wire save save_about wire",
    "Study": "claim_hash groups hash listed outlet_names outlet_of shared_aliases subject wrong",
}
PARAMETERS = {
    "evidence": "study archive measure outlet subject category limit processes progress classifier",
    "load_study": "path",
    "survey": "study archive previous processes progress classifier codes",
}


@pytest.mark.parametrize("name", NAMES)
def test_methods_keep_their_names(name: str) -> None:
    names = {one for one in dir(getattr(masthead, name)) if not one.startswith("_")}
    assert names - {*dir(BaseModel)} == {*NAMES[name].split()}


@pytest.mark.parametrize("name", PARAMETERS)
def test_functions_keep_the_names_of_their_arguments(name: str) -> None:
    assert [*inspect.signature(getattr(masthead, name)).parameters] == PARAMETERS[name].split()
