"""Dossiers in a real browser: nothing runs, nothing asks the network, everybody can read it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dossier.conftest import Dossier

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SEVERAL = (
    *("voices", "echoes", "stories", "silences", "changes", "claims", "alignment", "kinship", "forecasts"),
)
EVIDENCE = "evidence/dockers-league--state-bulletin.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests; where there is none the tests are skipped, but never in CI."""
    if not Path(CHROMIUM).is_file():
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must have Chromium, and there is none at {CHROMIUM}")
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


def _open(browser: Any, path: Path, scheme: str = "light", width: int = 1280) -> tuple[Any, list[str]]:
    """Open a page; return it and the list of everything that ran, failed or asked for more than files."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    seen: list[str] = []
    page = context.new_page()
    page.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: seen.append(f"console {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error {error}"))
    page.on("request", lambda request: seen.append(request.url) if _foreign(request.url, path) else None)
    page.on("framenavigated", lambda frame: seen.append(frame.url) if _foreign(frame.url, path) else None)
    page.goto(path.as_uri())
    return page, seen


def _foreign(url: str, path: Path) -> bool:
    return url.split("#")[0] not in (path.as_uri(), "about:blank")


def _axe(page: Any, run_only: dict[str, Any]) -> dict[str, Any]:
    """Run axe in a page, which is given it once; what it passed is told by one element a rule."""
    from axe_playwright_python.base import AXE_SCRIPT

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": run_only, "resultTypes": ["violations", "incomplete"]}
    response: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    return response


def _everybody_can_read(page: Any, width: int) -> None:
    """Look at a page with all of it open, in the light scheme by all rules and in the dark one at its contrasts."""
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    for scheme, run_only in (
        ("light", {"type": "tag", "values": RULES}),
        ("dark", {"type": "rule", "values": ["color-contrast"]}),
    ):
        page.emulate_media(color_scheme=scheme)
        response = _axe(page, run_only)
        told = [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in response["violations"]]
        assert not told, json.dumps(told, indent=1)
        assert response["passes"]
        # What axe cannot judge by itself may only be the words inside drawings, whose colours are the page's, the end
        # of an axis at infinity, and on a phone what a table holds beyond its edge.
        unsure = [n["html"] for v in response["incomplete"] for n in v["nodes"]]
        assert width == 360 or all(h.startswith("<text") or h == "<span>∞</span>" for h in unsure), unsure
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("page", "width"),
    [("index.html", 1280), ("index.html", 360), ("evidence/dockers-league--gull.html", 360)],
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Any, short_dossier: Dossier, page: str, width: int
) -> None:
    opened, seen = _open(browser, short_dossier.folder / page, width=width)
    _everybody_can_read(opened, width)
    assert seen == []
    opened.context.close()


# A narrow page hides from axe what lies beyond an edge: one in two is looked at as wide as a desk's, by turns.
@pytest.mark.parametrize(("name", "width"), [(name, (360, 1280)[at % 2]) for at, name in enumerate(SEVERAL)])
def test_pages_about_several_articles_can_be_read_by_everybody(
    browser: Any, short_turned: Dossier, name: str, width: int
) -> None:
    opened, seen = _open(browser, short_turned.folder / f"{name}.html", width=width)
    _everybody_can_read(opened, width)
    opened.set_viewport_size({"width": 360, "height": 900})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360
    assert seen == []
    opened.context.close()


@pytest.mark.parametrize("name", ["index.html", "changes.html", "claims.html", EVIDENCE])
def test_nothing_scrolls_sideways_at_any_width(browser: Any, turned: Dossier, name: str) -> None:
    page, _ = _open(browser, turned.folder / name)
    for width in (360, 768, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_nothing_hostile_runs_and_no_request_leaves(browser: Any, hostile_dossier: Dossier) -> None:
    pages = [
        hostile_dossier.folder / "index.html",
        *(hostile_dossier.folder / f"{name}.html" for name in SEVERAL),
        *sorted((hostile_dossier.folder / "evidence").iterdir())[::6],
    ]
    for path in pages:
        page, seen = _open(browser, path, width=360)
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        page.keyboard.press("Tab")
        page.mouse.move(100, 300)
        page.wait_for_timeout(50)
        assert seen == [], path.name
        assert (
            page.evaluate("[...document.scripts].length + document.querySelectorAll('iframe,img').length")
            == 0
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path.name
        page.context.close()


def test_the_policy_would_stop_a_script_that_slipped_in(browser: Any, copy: Dossier) -> None:
    path = copy.folder / "index.html"
    slipped = (
        "<script>alert(1)</script><img src='https://attack.example/x.png'><b style='color:red'>x</b></main>"
    )
    path.write_text(copy.index.replace("</main>", slipped), encoding="utf-8")
    page, seen = _open(browser, path)
    page.wait_for_timeout(50)
    assert not [s for s in seen if s.startswith("dialog")]
    assert sum("Content Security Policy" in s for s in seen) >= 3
    page.context.close()


def test_style_applies_under_the_policy_and_charts_follow_the_scheme(browser: Any, dossier: Dossier) -> None:
    inks = set()
    for scheme in ("light", "dark"):
        page, seen = _open(browser, dossier.folder / "index.html", scheme)
        inks.add(page.evaluate("getComputedStyle(document.querySelector('.panel .c-line')).stroke"))
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
        assert seen == []
        page.context.close()
    assert len(inks) == 2


def test_figures_open_the_sentences_behind_them(browser: Any, dossier: Dossier) -> None:
    page, seen = _open(browser, dossier.folder / "index.html")
    page.click(f"main a[href='{EVIDENCE}#militant'] >> nth=0")
    page.wait_for_load_state()
    assert page.url.endswith(f"{EVIDENCE}#militant")
    assert page.evaluate("document.querySelector(':target h2').textContent").strip() == "Called “militant”"
    assert page.evaluate("Math.abs(document.querySelector(':target').getBoundingClientRect().top) < 60")
    assert all(s.startswith("file:") for s in seen)
    page.context.close()


@pytest.mark.parametrize("name", ["index.html", "changes.html", "claims.html", "alignment.html"])
def test_on_paper_tables_fit_and_details_are_open(browser: Any, turned: Dossier, name: str) -> None:
    page, _ = _open(browser, turned.folder / name, width=687)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 687
    clipped = page.evaluate(
        "[...document.querySelectorAll('table, svg, figure')].filter("
        "e => e.getBoundingClientRect().right > 688 || e.scrollWidth > e.clientWidth + 1 && e.tagName === 'TABLE')"
        ".map(e => e.className.baseVal || e.className)"
    )
    assert clipped == []
    folded = {
        **{"index.html": ".also > .time", "changes.html": " .sentences", "claims.html": " .ways"},
        "alignment.html": " .factors",
    }[name]
    assert page.evaluate(f"document.querySelector('details{folded}').getBoundingClientRect().height") > 50
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 50_000
    if name == "index.html":
        assert page.evaluate("getComputedStyle(document.querySelector('nav.contents')).display") == "none"
    page.context.close()


def test_everything_is_reached_by_keyboard(browser: Any, dossier: Dossier) -> None:
    page, _ = _open(browser, dossier.folder / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.context.close()
