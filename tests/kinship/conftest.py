"""One survey of the made-up press, for all tests of kinship."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from masthead.archive import Archive
from masthead.findings.findings import Findings
from masthead.study import Study
from masthead.surveying import survey
from tests.archives import archive_of
from tests.kinship.told import articles, asked


@dataclass(frozen=True)
class Told:
    """An archive, what was asked of it and what was found."""

    archive: Archive
    study: Study
    findings: Findings


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    archive = archive_of(tmp_path_factory.mktemp("kinship"), articles())
    return Told(archive, asked(), survey(asked(), archive, processes=1))
