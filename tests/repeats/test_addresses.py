"""Addresses of one page have one form, and those of two pages have two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.links.repeats.addresses import canonical_address

PAGES = {
    "coast.example/port/fire": (
        "https://coast.example/port/fire",
        "http://coast.example/port/fire/",
        "HTTPS://WWW.Coast.Example:443/port/fire/?",
        "coast.example/port/fire#comments",
        "//coast.example//port/./fire",
        "https://coast.example/sport/../port/fire",
        "https://editor:secret@coast.example/port/fire/index.html",
        "https://coast.example/port/fire?utm_source=mail&utm_medium=x&fbclid=IwAR0&ref=front#top",
        "https://coast.example/port/fire?UTM_Source=mail&amp;gclid=1",
        "https://m.coast.example/port/fire",
        "https://mobile.coast.example/port/fire?print=1",
        "https://amp.coast.example/port/fire",
        "https://coast.example/port/fire/amp/",
        "https://coast.example/amp/port/fire",
        "https://coast.example/port/fire?amp",
        "https://coast.example/port/fire?outputType=amp",
        "https://coast.example/port/fire.amp",
        "https://coast.example/print/port/fire",
        "https://coast.example/port/fire/print/",
        "https://coast.example/port/fire?view=print",
        "https://coast.example/port/fire;jsessionid=8F2A",
        "https://coast.example/port/f%69re",
        "https://www.google.com/amp/s/coast.example/port/fire",
        "https://coast-example.cdn.ampproject.org/c/s/coast.example/port/fire",
        "https://web.archive.org/web/20210301120000id_/https://coast.example/port/fire",
        " https://coast.example/port/fire\n",
    ),
    "coast.example/port/fire.html": (
        "https://coast.example/port/fire.html",
        "https://coast.example/port/fire.amp.html",
        "https://coast.example/port/fire-print.html",
        "https://coast.example/port/fire.html?_ga=2.1&ito=rss",
    ),
    "coast.example/story.php?id=12": (
        "https://coast.example/story.php?id=12",
        "https://coast.example/story.php?utm_campaign=x&id=12&page=1&print",
    ),
    "coast.example/story.php?id=13": ("https://coast.example/story.php?id=13",),
    "coast.example/story.php?id=12&page=2": ("https://coast.example/story.php?page=2&id=12",),
    "coast.example?p=7": ("https://coast.example/?p=7",),
    "sport.coast.example/port/fire": ("https://sport.coast.example/port/fire",),
    "coast.test/port/fire": ("https://coast.test/port/fire",),
    "m.example/port/fire": ("https://m.example/port/fire",),
    "coast.example/Port/Fire": ("https://coast.example/Port/Fire",),
    "coast.example/blueprint": ("https://coast.example/blueprint",),
    "coast.example:8080/port": ("https://coast.example:8080/port",),
    "küste.example/brand-in-köln": ("https://xn--kste-0ra.example/brand-in-k%C3%B6ln",),
    "coast.example#!/port/fire": ("https://coast.example/#!/port/fire",),
}


@pytest.mark.parametrize(("page", "url"), [(page, url) for page, urls in PAGES.items() for url in urls])
def test_addresses_of_one_page(page: str, url: str) -> None:
    assert canonical_address(url) == page


@pytest.mark.parametrize(
    "url",
    [None, "", " ", "none", "https://coast.example", "https://www.coast.example/index.html?utm_source=x", "https:///fire",
     "https://[coast.example/fire", "https://coast.example:port/fire", "mailto:desk@coast.example", "http://localhost/fire"],
)  # fmt: skip
def test_what_names_no_page(url: str | None) -> None:
    assert canonical_address(url) is None


@given(st.text(max_size=60))
def test_any_text_is_taken(url: str) -> None:
    address = canonical_address(url)
    assert address is None or canonical_address(f"https://{address}") in (address, None) or "%" in url


OF_COURLAN = st.builds(
    "{}://{}coast.example{}/{}{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["", "www."]),
    st.sampled_from(["", ":443", ":80"]),
    st.sampled_from(["port/fire", "/port//fire", "../port/fire", "port/fire.html"]),
    st.sampled_from(["", "?id=1&a=2", "?a=2&id=1", "?utm_source=x&id=1&a=2", "?fbclid=1", "#top"]),
)


@given(OF_COURLAN, OF_COURLAN)
def test_what_courlan_makes_one_is_one(one: str, other: str) -> None:
    clean = pytest.importorskip("courlan", reason="courlan is not installed").normalize_url
    if clean(one, trailing_slash=False) == clean(other, trailing_slash=False):
        assert canonical_address(one) == canonical_address(other)
