"""Whatever an article says, its text stays text. What a browser makes of it is tested in test_browser."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tests.dossier.conftest import Dossier
from tests.dossier.hostile import ATTACKS
from tests.dossier.reading import broken_links, read

TAGS = set(
    re.findall(
        r"\w+",
        "html head meta title style body a header p h1 h2 h3 h4 span b bdi dl div dt dd aside main section ol ul "
        "li nav svg defs pattern path line circle rect g text table caption thead tbody tr th td figure "
        "figcaption details summary code time mark article footer blockquote abbr br i",
    )
)


def test_no_tag_and_no_attribute_comes_from_a_text(hostile_dossier: Dossier) -> None:
    for path in hostile_dossier.folder.rglob("*.html"):
        page = read(path.read_text(encoding="utf-8"))
        assert {tag for tag, _ in page.tags} <= TAGS, path.name
        for tag, attributes in page.tags:
            assert not any(name.startswith("on") or name in ("style", "src") for name in attributes), tag
        assert len(page.all("meta")) == len(read(hostile_dossier.index).all("meta")) + (
            path.name != "index.html"
        )


def test_only_web_addresses_are_linked_and_without_a_referrer(hostile_dossier: Dossier) -> None:
    outside = 0
    for path in hostile_dossier.folder.rglob("*.html"):
        for link in read(path.read_text(encoding="utf-8")).all("a"):
            scheme = urlsplit(link["href"]).scheme
            assert scheme in ("", "http", "https")
            if scheme:
                outside += 1
                assert link["href"].startswith("http://good.example/")
                assert link["rel"] == "noopener noreferrer"
    assert outside


def test_no_control_and_no_override_reaches_a_page(hostile_dossier: Dossier) -> None:
    for path in hostile_dossier.folder.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe]", html), (
            path.name
        )


def test_article_text_is_isolated_from_the_direction_of_the_page(hostile_dossier: Dossier) -> None:
    assert "<h1><bdi>" in hostile_dossier.index
    for path in (hostile_dossier.folder / "evidence").iterdir():
        html = path.read_text(encoding="utf-8")
        assert html.count('<p class="said"><bdi>') == html.count('<p class="said">')


def test_names_of_any_kind_make_safe_files_and_working_links(hostile_dossier: Dossier) -> None:
    assert broken_links(hostile_dossier.folder) == []
    names = [p.name for p in (hostile_dossier.folder / "evidence").iterdir()]
    assert len(names) == 18
    assert all(re.fullmatch(r"[a-z0-9._-]+--[a-z0-9._-]+\.html", name) for name in names)
    ids = read(hostile_dossier.index).ids
    assert len(ids) == len(set(ids))


def test_the_text_itself_is_all_there(hostile_dossier: Dossier) -> None:
    text = read(hostile_dossier.index).text
    for attack in ATTACKS[:6]:
        assert " ".join(attack.split()) in text
