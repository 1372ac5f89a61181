"""Dossiers that several tests read: one as it should be, one full of hostile text."""

from __future__ import annotations

import dataclasses
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from masthead.demo.page.planted import PAGE as PLANTED
from masthead.findings.findings import Findings
from masthead.instruments.portrayal.page import portrayal
from masthead.surveying.pages import write_dossier
from tests.dossier import allegiance, crowd, hostile, light, strait


@dataclass(frozen=True)
class Dossier:
    """A dossier on disk and what it was made from."""

    findings: Findings
    folder: Path

    @property
    def index(self) -> str:
        return (self.folder / "index.html").read_text(encoding="utf-8")

    def page(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")


def build(findings: Findings, folder: Path) -> Path:
    """Write the pages, with what was planted among them."""
    return write_dossier(findings, folder, [PLANTED])


def make(findings: Findings, folder: Path) -> Dossier:
    """Save and build."""
    findings.save(folder)
    build(findings, folder)
    return Dossier(findings, folder)


@pytest.fixture(scope="session")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """Six papers on a strait. Tests only read it."""
    return make(strait.findings(planted=strait.PLANTED), tmp_path_factory.mktemp("dossier") / "d")


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The six papers' dossier with voices, echoes, stories and silences, with and without wire copy."""
    return make(crowd.findings(wired=True), tmp_path_factory.mktemp("crowded") / "d")


@pytest.fixture(scope="session")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The same with changes, claims, sides, kinship and forecasts, with and without wire copy."""
    return make(allegiance.findings(wired=True), tmp_path_factory.mktemp("turned") / "d")


@pytest.fixture(scope="session")
def short_turned(tmp_path_factory: pytest.TempPathFactory, turned: Dossier) -> Dossier:
    """The same pages with a few of each thing that they list, short enough to be checked element by element."""
    about = {**turned.findings.about, "subjects": turned.findings.about["subjects"][:1]}
    with pytest.MonkeyPatch.context() as patch:
        for name in (
            "masthead.instruments.silence.page.silences.SHOWN",
            "masthead.instruments.silence.page.stories.SHOWN",
            "masthead.instruments.echo.page.echoes.EXAMPLES",
            "masthead.instruments.forecast.page.forecasts.LISTED",
        ):
            patch.setattr(name, 3)
        short = dataclasses.replace(turned.findings, about=about)
        return make(short, tmp_path_factory.mktemp("several") / "d")


@pytest.fixture(scope="session")
def short_dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """One subject and every kind of figure, short enough to be checked element by element."""
    weights = tmp_path_factory.mktemp("weights")
    (weights / "card.json").write_text(json.dumps(light.CARD), encoding="utf-8")
    whole = strait.findings(planted=strait.PLANTED)
    about = {**whole.about, "subjects": whole.about["subjects"][:1]}
    keep = ["state-bulletin", "tidewatch", "gull", "ledger"]
    about["outlets"] = [o for o in about["outlets"] if o["id"] in keep]
    short = dataclasses.replace(whole, about=about)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portrayal, "WEIGHTS", weights)
        return make(short, tmp_path_factory.mktemp("short") / "d")


@pytest.fixture(scope="session")
def hostile_dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The same findings with an attack in every text that an article, a study or an archive can bring in."""
    return make(hostile.findings(), tmp_path_factory.mktemp("hostile") / "d")


@pytest.fixture
def copy(dossier: Dossier, tmp_path: Path) -> Dossier:
    """The dossier, to be changed."""
    shutil.copytree(dossier.folder, tmp_path / "copy")
    return Dossier(dossier.findings, tmp_path / "copy")
