"""Draw the picture of the README from the dossier of `make demo`: `make picture`. Needs Chromium.

One figure, cut to a few outlets, and below it the first of the sentences that open when a number is clicked.
"""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

from playwright.sync_api import Locator, sync_playwright

ROOT = Path(__file__).parents[1]
DOSSIER = ROOT / "demo" / "dossier"
PICTURE = ROOT / "docs" / "images" / "figure.png"

FIGURE = "#shoal-front--naming"
OUTLETS = ("Free Shore", "Halyard News Agency", "Hallam Courier")
NUMBER = "evidence/shoal-front--free-shore.html#resistance"
SENTENCES = 2
WIDTH = 900

ONLY_THESE = """(figure, outlets) => {
  for (const row of figure.querySelectorAll("tbody tr"))
    if (!outlets.some(name => row.innerText.includes(name))) row.remove()
  figure.querySelectorAll("details, p").forEach(part => part.remove())
}"""
ONLY_FIRST = """(section, count) => {
  [...section.querySelectorAll("ol > li")].slice(count).forEach(item => item.remove())
  section.querySelectorAll("ol ~ *, p.n").forEach(part => part.remove())
}"""
PAGE = """<body style="margin: 0"><main style="padding: 20px; background: #fdfcfb; font: 15px sans-serif">
<img style="display: block" src="data:image/png;base64,{figure}">
<p style="margin: 6px 0 10px; color: #0b5394">▼ a click on 66% opens</p>
<img style="display: block" src="data:image/png;base64,{sentences}"></main></body>"""


def encoded(part: Locator) -> str:
    """Return the picture of a part of a page."""
    return base64.b64encode(part.screenshot()).decode()


def draw(dossier: Path, picture: Path) -> None:
    """Draw the picture from a dossier of the demo's press."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page(viewport={"width": WIDTH, "height": 900})
        page.goto((dossier / "index.html").as_uri())
        figure = page.locator(FIGURE)
        figure.evaluate(ONLY_THESE, list(OUTLETS))
        shown = encoded(figure)
        page.goto(f"{dossier.as_uri()}/{NUMBER}")
        section = page.locator(f"#{NUMBER.partition('#')[2]}")
        section.evaluate(ONLY_FIRST, SENTENCES)
        opened = encoded(section)
        page.goto("about:blank")
        page.set_content(PAGE.format(figure=shown, sentences=opened))
        page.locator("main").screenshot(path=picture)
        chromium.close()


if __name__ == "__main__":
    draw(DOSSIER.resolve(), PICTURE)
