"""What all tests share."""

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomlkit
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from masthead.press import Press

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"


def stays_here(event: str, args: tuple[object, ...]) -> None:
    """Fail the test that is running where Python is about to ask another computer for something."""
    if event == "socket.connect":
        host = args[1][0] if isinstance(args[1], tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        host = args[1][0] if event == "socket.sendto" and isinstance(args[1], tuple) else args[0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if not isinstance(host, str) or host in ("", "localhost", socket.gethostname()):
        return
    try:
        here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = False
    if not here:
        pytest.fail(f"a test may not ask the network, and asked for '{host}' ({event})")


def pytest_configure() -> None:
    """Watch all that is tested in this process; what runs beside it, tests/privacy watches.

    What is compiled is kept, whatever the environment says: else each of the processes that tests start would compile
    the package again, and each run of the tests their asserts.
    """
    sys.addaudithook(stays_here)
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


SLOW = (
    "surveying/test_survey",
    "engines/",
    "privacy/test_nothing_leaves",
    "surveying/test_mirror",
    "plugins/test_add_a_measure",
    "dossier/test_browser",
    "cli/test_commands",
    "press/test_planted",
    "reading/test_reader",
    "surveying/test_portrayal",
    "surveying/",
    "claims/",
    "changes/",
    "cli/",
    "kinship/",
    "test_expressions",
    "dossier/",
)
"""The files and folders that take longest, the longest first. They are begun first: two processes then end together."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what is slow before all else, in an order that is always the same."""

    def place(item: pytest.Item) -> tuple[int, str]:
        file = item.path.relative_to(Path(__file__).parent).as_posix()
        return next((at for at, name in enumerate(SLOW) if file.startswith(name)), len(SLOW)), file

    items.sort(key=place)


class ByFile(LoadFileScheduling):
    """Give whole files to one process, and all files about engines to the same: Spark then starts once."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return "tests/engines" if file.startswith("tests/engines/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Say how files are shared among processes, whatever `--dist` asks for.

    They are begun in the order that they have here. xdist would begin with those of many tests, and end with surveys.
    """
    config.option.loadscopereorder = False
    return ByFile(config, log)


@pytest.fixture(autouse=True, scope="session")
def nothing_flushed() -> Iterator[None]:
    """Leave files to the system: those of the tests need not survive a power cut."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda handle: None)
        yield


def short_study(made: Press, *subjects: str) -> str:
    """The study of a press, cut to a few subjects: reading and drawing fewer is what makes a test quick."""
    study = tomlkit.parse(made.study("press.archive"))
    study["subject"] = [s for s in study["subject"] if s["id"] in subjects]
    return tomlkit.dumps(study)


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real articles, which is not part of the project."""
    if not CORPORA.is_dir():
        pytest.skip("the corpora are not on this machine")
    return CORPORA
